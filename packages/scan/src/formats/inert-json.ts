/** What a terminal would obey, an editor would reorder by, or a page would take for a tag. The line feed is our own layout. */
const LIVE = /(?!\n)[<\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu

/** Answers JSON that says the same to a parser and does nothing to whatever it is printed on. */
export function inertJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replaceAll(LIVE, escapes)}\n`
}

function escapes(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("")
}
