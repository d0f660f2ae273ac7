import { Problem } from "@tabard/core"

/** Where in a manifest: the names and places that lead there. */
export type ManifestPath = readonly (string | number)[]

/** Something that keeps a manifest from being put in force. */
export interface ManifestFault {
  readonly path: ManifestPath
  readonly message: string
  /** What to do next. */
  readonly next: string
}

/** A fault with its place in the text; both count from one. */
export interface ManifestProblem extends ManifestFault {
  readonly line: number
  readonly column: number
}

/** The most problems that are told at once: whoever mends them reads a new list then. */
export const MOST_PROBLEMS = 50

/** Says a problem in one line. */
export function problemWords({ line, column, message, next }: ManifestProblem): string {
  return `line ${line}, column ${column}: ${message}; ${next}`
}

/** Makes a refusal of faults whose text is not at hand. */
export function manifestFaulty(faults: readonly ManifestFault[]): Problem {
  const words = faults.slice(0, MOST_PROBLEMS).map(({ message, next }) => `${message}; ${next}`)
  return new Problem("manifest_invalid", words.join("\n"))
}

/** Makes a refusal of all that is wrong with a manifest. */
export function manifestInvalid(problems: readonly ManifestProblem[]): Problem {
  return new Problem("manifest_invalid", problems.map(problemWords).join("\n"))
}
