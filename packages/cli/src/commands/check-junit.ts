// JUnit XML, as CI systems read it: https://github.com/testmoapp/junitxml
import { type FoundFinding, isAtLeast, visibleText } from "@tabard/core"
import { xmlText } from "../watch/xml-text.ts"
import type { CheckReport } from "./check-report.ts"

/** Answers a check as a report of tests: a file that meets the standards is one that passed, each finding that fails is one that did not. */
export function checkJunit(report: CheckReport): string {
  const cases = [
    ...report.files.filter((file) => !isAbout(report.findings, file)).map(passed),
    ...report.findings.map((finding) => caseOf(finding, report)),
    ...report.unreadable.map(({ path, reason }) => unread(path, reason)),
  ]
  const failures = report.findings.filter(({ severity }) => isAtLeast(severity, report.failOn)).length
  const counts = `tests="${cases.length}" failures="${failures}" errors="${report.unreadable.length}"`
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites name="tabard check" ${counts}>`,
    `  <testsuite name="tabard check" ${counts} timestamp="${report.startedAt.replace(/\.\d+Z$/, "")}">`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n")
}

function isAbout(findings: readonly FoundFinding[], file: string): boolean {
  return findings.some(({ evidence }) => evidence.some(({ path }) => path === file))
}

function passed(file: string): string {
  return `    <testcase classname="${safe(file)}" name="meets the standards"/>`
}

function caseOf(finding: FoundFinding, { failOn }: CheckReport): string {
  const [place] = finding.evidence
  const head = `<testcase classname="${safe(place?.path ?? "")}" name="${safe(`${finding.rule}: ${finding.subject}`)}">`
  const words = `${finding.message} ${finding.remediation}`
  const at = finding.evidence.map(({ path, line }) => (line === null ? path : `${path}:${line}`)).join(", ")
  const body = safe(`${finding.severity}: ${words} (${at}) ${finding.controls.join(", ")}`)
  return isAtLeast(finding.severity, failOn)
    ? `    ${head}<failure type="${safe(finding.rule)}" message="${safe(finding.message)}">${body}</failure></testcase>`
    : `    ${head}<system-out>${body}</system-out></testcase>`
}

function unread(path: string, reason: string): string {
  return `    <testcase classname="${safe(path)}" name="can be read"><error message="${safe(reason)}"/></testcase>`
}

/** XML has no spelling for most controls, and for none of the noncharacters. */
function safe(text: string): string {
  return xmlText(visibleText(text).replaceAll(/\p{Noncharacter_Code_Point}/gu, "\uFFFD"))
}
