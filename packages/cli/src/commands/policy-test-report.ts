import { visibleText } from "@tabard/core"
import type { CaseResult } from "@tabard/intent"
import { unreadCase } from "./check-junit.ts"
import { type JunitCase, junitReport } from "./junit.ts"

/** What became of one file of cases: its results, or why it could not be asked. */
export type CaseFileResult =
  | { readonly file: string; readonly results: readonly CaseResult[] }
  | { readonly file: string; readonly unasked: string }

/** What became of all files. */
export interface PolicyTestReport {
  readonly schema: "tabard.policy-test/1"
  readonly startedAt: string
  readonly files: readonly CaseFileResult[]
}

/** Says results for a person at a terminal: what failed, and how many passed. */
export function formatCases({ files }: PolicyTestReport): string {
  const results = files.flatMap((each) => ("results" in each ? each.results : []))
  const failed = results.filter(({ complaints }) => complaints.length > 0).length
  const unasked = files.filter((each) => "unasked" in each).length
  const counts = [
    `${results.length - failed} of ${results.length} answers are as they have to be`,
    ...(unasked > 0 ? [`${unasked} file${unasked === 1 ? "" : "s"} could not be asked`] : []),
  ]
  if (files.length === 0) return "No file of cases was found: write tabard.cases.yaml.\n"
  return `${[...files.flatMap(linesOf), `${counts.join("; ")}.`].join("\n")}\n`
}

function linesOf(each: CaseFileResult): string[] {
  const file = visibleText(each.file)
  if ("unasked" in each)
    return [
      `${file} could not be asked:`,
      ...each.unasked.split("\n").map((line) => `  ${visibleText(line)}`),
    ]
  return each.results
    .filter(({ complaints }) => complaints.length > 0)
    .flatMap(({ name, line, answer, complaints }) => [
      `${file}:${line}  ${visibleText(name)}`,
      ...complaints.map((complaint) => `  ${visibleText(complaint)}`),
      `  answered: ${visibleText(answer)}`,
    ])
}

/** Answers results as a report of tests. */
export function caseJunit({ startedAt, files }: PolicyTestReport): string {
  const cases = files.flatMap((each): JunitCase[] => {
    if ("unasked" in each) return [unreadCase(each.file, each.unasked)]
    return each.results.map((result) => junitCase(each.file, result))
  })
  return junitReport("tabard policy test", startedAt, cases)
}

function junitCase(file: string, { name, line, answer, complaints }: CaseResult): JunitCase {
  const [message] = complaints
  if (message === undefined) return { file, name, outcome: { kind: "passed" } }
  const said = `${complaints.join("; ")}; answered: ${answer} (${file}:${line})`
  return { file, name, outcome: { kind: "failed", type: "answer", message, said } }
}
