import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { findCredentials } from "./find-credentials.ts"

/** What stands where a secret stood. */
const REMOVED = "[secret removed]"

/** Answers `text` with whatever has the shape of a known secret taken out. For texts that were read by somebody else. */
export function withoutSecrets(text: string): string {
  const found = findCredentials({ name: null, text, byShapeOnly: true }, loadKnowledge())
  return found
    .filter(({ storedAs }) => storedAs === "plaintext")
    .toSorted((a, b) => b.start - a.start)
    .reduce((left, { start, end }) => left.slice(0, start) + REMOVED + left.slice(end), text)
}
