import type { CredentialReader, NamedText } from "./credential-reader.ts"

/** No program is started with more words than these, and none of them is longer. */
export const MOST_ARGUMENTS = 500
const LONGEST = 16_384

/** What stands where a text stood that was made to be long. */
const TOO_LONG = "[too long]"

/** Answers what stands for a text that nobody reads word by word, its secrets kept by `reader`; undefined where it is short enough. */
export function tooLong(value: NamedText, reader: CredentialReader): string | undefined {
  if (value.text.length <= LONGEST) return undefined
  reader.take({ ...value, byShapeOnly: true })
  return TOO_LONG
}
