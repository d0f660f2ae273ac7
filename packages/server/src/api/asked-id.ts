import { type Id, isId, type Kind, Problem } from "@tabard/core"

/**
 * Answers the id in a filter, or of the page before. One that is none is refused: left out, it would answer more than was
 * asked for, and a list's first page for ever.
 *
 * @throws {Problem} body_invalid
 */
export function askedId<K extends Kind>(
  kind: K,
  member: string,
  text: string | undefined,
): Id<K> | undefined {
  if (text === undefined || isId(kind, text)) return text
  throw new Problem("body_invalid", `${member} is no id of this kind: send one as a list answered it`)
}
