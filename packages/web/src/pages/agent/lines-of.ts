/** Answers the lines of a text that say something, as they were written. */
export function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
}
