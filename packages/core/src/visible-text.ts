/** Characters that move the cursor, colour, hide or reorder what is shown. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu
const LONGEST = 400

/** Answers `text`, which a stranger wrote, so that whatever shows it shows all of it and obeys none of it. */
export function visibleText(text: string): string {
  const safe = text.replaceAll(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
  return safe.length > LONGEST ? `${safe.slice(0, LONGEST - 1)}…` : safe
}
