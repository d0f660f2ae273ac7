import { resolve } from "node:path"
import type { FoundFinding } from "@tabard/core"
import { UsageError } from "../usage-error.ts"
import { findingKeys } from "./check-report.ts"
import { readBounded, UnusableFile } from "./read-bounded.ts"

/** How many findings of each kind and place an earlier report had. */
export type CheckBaseline = ReadonlyMap<string, number>

const LARGEST = 128 * 1024 * 1024

/** Answers the baseline in a file. Throws a UsageError where it has none: without it old findings would pass for new, or new for old. */
export async function readCheckBaseline(file: string, cwd: string): Promise<CheckBaseline> {
  try {
    const report: unknown = JSON.parse(await readBounded(resolve(cwd, file), LARGEST))
    if (isReport(report)) return counted(report.findings)
    throw new UnusableFile("it is no report of tabard.check/1")
  } catch (error) {
    if (!(error instanceof UnusableFile || error instanceof SyntaxError)) throw error
    const why = error instanceof SyntaxError ? "it is no JSON" : error.message
    throw new UsageError(
      `--baseline ${JSON.stringify(file)} is of no use: ${why}. Write one with: tabard check --json > FILE`,
    )
  }
}

/** Answers the findings that a baseline does not have. Where a place holds more of a kind than it did, all of them are kept. */
export function newerThan(
  findings: readonly FoundFinding[],
  baseline: CheckBaseline,
): readonly FoundFinding[] {
  const now = counted(findings)
  const isNew = (key: string): boolean => (now.get(key) ?? 0) > (baseline.get(key) ?? 0)
  return findings.filter((finding) => findingKeys(finding).some(isNew))
}

function counted(findings: readonly FoundFinding[]): CheckBaseline {
  const counts = new Map<string, number>()
  for (const key of findings.flatMap(findingKeys)) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** Only what a comparison looks at is looked at. */
function isReport(value: unknown): value is { readonly findings: readonly FoundFinding[] } {
  return (
    isObject(value) &&
    value["schema"] === "tabard.check/1" &&
    isListOf(
      value["findings"],
      (finding) =>
        isObject(finding) &&
        typeof finding["rule"] === "string" &&
        typeof finding["subject"] === "string" &&
        isListOf(finding["evidence"], isObject),
    )
  )
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null
}
