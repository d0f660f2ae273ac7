import { type FoundFinding, isAtLeast, visibleText } from "@tabard/core"
import type { CheckReport } from "./check-report.ts"
import { type Paint, paintFor } from "./scan-paint.ts"

/** Writes a check for a person: what is to be put right, where, and what to do; nothing in it is obeyed by a terminal. */
export function formatCheck(report: CheckReport, color: boolean): string {
  const paint = paintFor(color)
  const lines = [
    ...report.findings.flatMap((finding) => findingLines(finding, paint)),
    ...report.unreadable.map(
      ({ path, reason }) => `${visibleText(path)} was not read: ${visibleText(reason)}`,
    ),
    ...silences(report),
    verdict(report, paint),
  ]
  return `${lines.join("\n")}\n`
}

function findingLines(finding: FoundFinding, paint: Paint): readonly string[] {
  const { rule, severity, subject, message, remediation, evidence } = finding
  return [
    `${paint.severity(severity)}${paint.bold(visibleText(subject))}: ${visibleText(message)}`,
    ...evidence.map((place) => `          ${paint.dim(placeWords(place))}`),
    `          ${visibleText(remediation)} ${paint.dim(`[${rule}]`)}`,
    "",
  ]
}

function placeWords({ path, line, column }: FoundFinding["evidence"][number]): string {
  const at = [path, line, line === null ? undefined : column].filter(
    (part) => part !== null && part !== undefined,
  )
  return visibleText(at.join(":"))
}

/** Fewer findings must not look like better manifests. */
function silences({ excepted, off }: CheckReport): readonly string[] {
  return [
    ...(excepted.length > 0 ? [`${count(excepted.length, "finding")} excepted by the standards.`] : []),
    ...(off.length > 0 ? [`Off by the standards: ${off.map(visibleText).join(", ")}.`] : []),
  ]
}

function verdict({ findings, files, failOn }: CheckReport, paint: Paint): string {
  const failing = findings.filter(({ severity }) => isAtLeast(severity, failOn)).length
  const checked = `${count(files.length, "file")} checked`
  if (failing > 0)
    return paint.bold(`${checked}: ${count(failing, "finding")} of severity ${failOn} or worse.`)
  return findings.length > 0
    ? `${checked}: nothing fails, ${count(findings.length, "finding")} less than ${failOn}.`
    : `${checked}: nothing to put right.`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`
}
