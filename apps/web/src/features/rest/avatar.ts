/** One object for all: what is asked for is compared by it. */
export const viaAvatar = { avatar: true } as const
