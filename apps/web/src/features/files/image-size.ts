/** The box a picture takes in a chat: inside `most`, never larger than itself, never thinner than can be pressed. */
export function fit(width: number | null, height: number | null, most: number): { width: number; height: number } {
  if (!width || !height) return { width: most * 0.75, height: most * 0.5 }
  const scale = Math.min(1, most / width, most / height)
  return { width: Math.max(48, Math.round(width * scale)), height: Math.max(48, Math.round(height * scale)) }
}
