import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { findCredentials } from "./find-credentials.ts"

/**
 * Answers `text` with whatever has the shape of a known secret replaced by its kind and length. For records that people
 * read later: they see that a secret stood there, and have nothing of it.
 */
export function maskedSecrets(text: string): string {
  const found = findCredentials({ name: null, text, byShapeOnly: true }, loadKnowledge())
  return found
    .filter(({ storedAs }) => storedAs === "plaintext")
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (left, { kind, start, end }) =>
        `${left.slice(0, start)}[${kind} of ${end - start} characters removed]${left.slice(end)}`,
      text,
    )
}
