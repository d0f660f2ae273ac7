import { Problem } from "@tabard/core"

/** The most values of one set: each stands in the policies of the manifests that use it. */
export const MOST_VALUES = 1000

const MOST_CHARACTERS = 1000

/**
 * Reads the values of a set, a line each; empty lines, and lines that begin with `#`, say nothing.
 *
 * @throws {Problem} policy_invalid, with the line
 */
export function readSet(text: string): readonly string[] {
  const values = new Set<string>()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const value = line.trim()
    if (value === "" || value.startsWith("#")) continue
    if (value.length > MOST_CHARACTERS)
      throw new Problem(
        "policy_invalid",
        `line ${index + 1}: a value has at most ${MOST_CHARACTERS} characters`,
      )
    // oxlint-disable-next-line no-control-regex -- what nobody can see is what is looked for
    const unseen = /[\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u.exec(value)
    if (unseen)
      throw new Problem(
        "policy_invalid",
        `line ${index + 1}, column ${unseen.index + 1}: it holds a character that nobody can see`,
      )
    values.add(value)
  }
  if (values.size > MOST_VALUES)
    throw new Problem(
      "policy_invalid",
      `a set holds at most ${MOST_VALUES} values, and this one ${values.size}`,
    )
  return [...values]
}
