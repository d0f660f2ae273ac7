import { type FoundFinding, isAtLeast } from "@tabard/core"
import type { CheckReport } from "./check-report.ts"
import { type JunitCase, junitReport } from "./junit.ts"

/** Answers a check as a report of tests: a file that meets the standards is one that passed, each finding that fails is one that did not. */
export function checkJunit(report: CheckReport): string {
  return junitReport("tabard check", report.startedAt, [
    ...report.files.filter((file) => !isAbout(report.findings, file)).map(passed),
    ...report.findings.map((finding) => caseOf(finding, report)),
    ...report.unreadable.map(({ path, reason }) => unreadCase(path, reason)),
  ])
}

/** Answers a file that could not be read as a test that could not be run. */
export function unreadCase(path: string, reason: string): JunitCase {
  return { file: path, name: "can be read", outcome: { kind: "unread", message: reason } }
}

function isAbout(findings: readonly FoundFinding[], file: string): boolean {
  return findings.some(({ evidence }) => evidence.some(({ path }) => path === file))
}

function passed(file: string): JunitCase {
  return { file, name: "meets the standards", outcome: { kind: "passed" } }
}

function caseOf(finding: FoundFinding, { failOn }: CheckReport): JunitCase {
  const { rule, subject, message, severity, evidence, controls, remediation } = finding
  const at = evidence.map(({ path, line }) => (line === null ? path : `${path}:${line}`)).join(", ")
  const said = `${severity}: ${message} ${remediation} (${at}) ${controls.join(", ")}`
  return {
    file: evidence[0]?.path ?? "",
    name: `${rule}: ${subject}`,
    outcome: isAtLeast(severity, failOn)
      ? { kind: "failed", type: rule, message, said }
      : { kind: "passed", said },
  }
}
