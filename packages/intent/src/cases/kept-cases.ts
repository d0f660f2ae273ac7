import { Problem } from "@tabard/core"
import type { ManifestFault } from "../reading/manifest-problem.ts"
import type { PolicyCase, PolicyCases } from "./policy-cases.ts"
import { readCases } from "./read-cases.ts"
import { serverQuestion } from "./server-question.ts"

/** The most cases that a server keeps: all of them are asked at once. */
export const MOST_KEPT_CASES = 500

/**
 * Reads the cases that a server keeps and asks itself. There are no files beside them, so what only files could answer is refused
 * with its place; a text that says nothing keeps none.
 *
 * @throws {Problem} body_invalid
 */
export function readKeptCases(text: string): readonly PolicyCase[] {
  if (text.trim() === "") return []
  return readCases(text, faultsOfKept).cases
}

function faultsOfKept(read: PolicyCases): ManifestFault[] {
  return [...faultsOfFiles(read), ...faultsOfNumber(read), ...read.cases.flatMap(faultsOfCase)]
}

const FILES = ["manifests", "guardRails", "offered", "byHand", "application"] as const

function faultsOfFiles(read: PolicyCases): ManifestFault[] {
  return FILES.filter((member) => Object.keys(read[member] ?? {}).length > 0).map((member) => ({
    path: [member],
    message: "it names files, and a server asks by what is in force there",
    next: "leave it out",
  }))
}

function faultsOfNumber({ cases }: PolicyCases): ManifestFault[] {
  if (cases.length <= MOST_KEPT_CASES) return []
  const message = `there are ${cases.length} cases, and a server keeps ${MOST_KEPT_CASES} at most`
  return [{ path: ["cases", MOST_KEPT_CASES], message, next: "keep those that tell most" }]
}

function faultsOfCase({ question }: PolicyCase, index: number): ManifestFault[] {
  try {
    serverQuestion(question, [])
    return []
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [{ path: ["cases", index], message: "a server cannot be asked this case", next: error.message }]
  }
}
