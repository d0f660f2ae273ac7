import { createHash } from "node:crypto"
import { join } from "node:path"
import type { FoundFinding } from "@tabard/core"
import { CHECK_RULES } from "@tabard/intent"
import { type SarifLog, sarifLog } from "@tabard/scan"
import { type CheckReport, findingKeys } from "./check-report.ts"

/** Answers a check for code scanning, each place by its path below `cwd`. */
export function checkSarif(report: CheckReport, cwd: string): SarifLog {
  const seen = new Map<string, number>()
  return sarifLog({
    id: "tabard/check/",
    rules: CHECK_RULES,
    roots: [cwd],
    startedAt: report.startedAt,
    finishedAt: report.finishedAt,
    unreadable: report.unreadable.map(({ path, reason }) => ({ path: join(cwd, path), reason })),
    results: report.findings.map((finding) => ({
      finding,
      places: finding.evidence.map(({ path, line, column }) => ({ path: join(cwd, path), line, column })),
      fingerprint: fingerprint(finding, seen),
    })),
  })
}

/** The same wherever the tree is checked out; two of a kind at one place differ by their order. */
function fingerprint(finding: FoundFinding, seen: Map<string, number>): string {
  const key = findingKeys(finding).join("\n")
  const before = seen.get(key) ?? 0
  seen.set(key, before + 1)
  return createHash("sha256").update(`${key}\n${before}`).digest("hex").slice(0, 32)
}
