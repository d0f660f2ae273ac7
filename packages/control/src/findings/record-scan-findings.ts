import type { Id } from "@tabard/core"
import type { ScanReport } from "@tabard/scan"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { ScanSource } from "../registry/observation-store.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { findingRule } from "./finding-rules.ts"
import type { Sighting } from "./finding-store.ts"
import { inPortions } from "./in-portions.ts"
import { bounded, changeOf, sayFindings } from "./say-findings.ts"
import { type FindingStores, keyOf } from "./settle-findings.ts"
import { wasRead } from "./was-read.ts"

export interface RecordScanFindingsDeps extends RecordContext {
  readonly transact: Transact<keyof FindingStores | "observations">
}

/** Which scan it was, and whose. */
export interface ScanSight {
  readonly scan: Id<"scan">
  readonly by: ScanSource
}

/** How many words are read at a time. */
const PAGE = 1_000

/**
 * Brings what a recorded scan found into the findings: what it says opens or opens again, and what this reporter said
 * before is taken back where the scan read its place and found it no more. An unchanged scan changes only when things
 * were last seen. It works in portions, each whole; where it is stopped, the next scan goes on.
 */
export async function recordScanFindings(
  deps: RecordScanFindingsDeps,
  sight: ScanSight,
  report: ScanReport,
): Promise<void> {
  const reporter = sight.by.name
  const { says, takesBack, again } = changeOf(
    await everythingSaidBy(deps, reporter),
    await sightingsOf(deps, sight.by, report),
  )
  await inPortions(again, (keys) => deps.transact(({ findings }) => findings.touch(keys, deps.clock.now())))
  await inPortions(says, (portion) =>
    deps.transact((tx) => sayFindings(deps, tx, reporter, { says: portion, takesBack: [] })),
  )
  await inPortions(takesBack, (portion) =>
    deps.transact(async (tx) => {
      const gone = await goneAmong(tx, sight, report, portion)
      await sayFindings(deps, tx, reporter, { says: [], takesBack: gone })
    }),
  )
}

async function everythingSaidBy(
  { transact }: RecordScanFindingsDeps,
  source: string,
): Promise<readonly Sighting[]> {
  const all: Sighting[] = []
  for (;;) {
    const page = await transact(({ findings }) => findings.saidBy(source, all.at(-1), PAGE))
    all.push(...page)
    if (page.length < PAGE) return all
  }
}

/** Answers a report's findings as words about things of the inventory; what is of no rule we know is left out. */
async function sightingsOf(
  deps: RecordScanFindingsDeps,
  by: ScanSource,
  report: ScanReport,
): Promise<readonly Sighting[]> {
  const subjects = await subjectsOf(deps, by, report)
  const words = report.findings.flatMap(({ rule, severity, subject: key, message, evidence }) => {
    const subject = subjects.get(key)
    if (subject === undefined || !findingRule(rule)) return []
    return [bounded({ source: by.name, rule, subject, severity, message, evidence })]
  })
  // Two keys may stand for one thing here: of two words about it the later one would undo the first.
  return [...new Map(words.map((word) => [keyOf(word), word])).values()]
}

async function subjectsOf(
  { transact }: RecordScanFindingsDeps,
  by: ScanSource,
  { agents, mcpServers, credentials, findings }: ScanReport,
): Promise<ReadonlyMap<string, string>> {
  const spokenOf = new Set(findings.map(({ subject }) => subject))
  const subjects = new Map<string, string>()
  for (const [kind, things] of [
    ["agent", agents],
    ["server", mcpServers],
    ["credential", credentials],
  ] as const) {
    const keys = things.map(({ key }) => key).filter((key) => spokenOf.has(key))
    await inPortions(keys, async (portion) => {
      const known = await transact(({ observations }) => observations.known(by, kind, portion))
      for (const [key, { subject }] of known) subjects.set(key, subject)
    })
  }
  return subjects
}

/**
 * Answers what is gone of what this reporter said before and does not say now: of what this scan saw again, where each
 * place at which it stood was read; of what it did not see, where that was marked as vanished.
 */
async function goneAmong(
  { observations }: Pick<Transaction, "observations">,
  { scan, by }: ScanSight,
  ...[report, words]: [ScanReport, readonly Sighting[]]
): Promise<readonly Sighting[]> {
  const own = (await observations.of(words.map(({ subject }) => subject))).filter(
    ({ reporter }) => reporter === by.name,
  )
  const seen = new Set(own.filter((one) => one.scan === scan).map(({ subject }) => subject))
  const there = new Set(own.filter(({ vanishedAt }) => vanishedAt === null).map(({ subject }) => subject))
  return words.filter(({ subject, evidence }) =>
    seen.has(subject) ? evidence.every(({ path }) => wasRead(report, path)) : !there.has(subject),
  )
}
