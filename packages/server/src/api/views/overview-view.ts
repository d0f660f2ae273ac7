import type { OverviewView, ScanView } from "@tabard/api"
import type { ScanRecord, StoredEvent } from "@tabard/control"

import { type Severity, shadowSince } from "@tabard/core"

import type { ApiServices } from "../services.ts"
import { eventViews } from "./event-views.ts"
import { type FindingReads, findingViews } from "./finding-views.ts"
import { plainJson } from "./plain-json.ts"

/** How many of the latest events the overview tells. */
const RECENT = 12

/** How many of the findings it tells, the worst first. */
const WORST = 5

/** How many are looked at for them: a first scan opens many findings, which would hide all else. */
const LOOKED_AT = 200

/** Answers what a person opens the console for: is anything wrong, what waits, what changed. */
export async function overviewView({ shelf, clock, log, scans }: ApiServices): Promise<OverviewView> {
  const logView = await log.view()
  return shelf.snapshot(async (tx) => {
    const [lastScan] = await tx.observations.listScans({ limit: 1 })
    const { graceDays } = await tx.organisation.settings()
    return {
      agentsByState: await tx.agents.countByState(),
      orphaned: await tx.agents.countOrphaned(),
      shadow: await tx.agents.countDiscoveredBy(shadowSince(graceDays, clock.now())),
      agentsByCategory: await tx.agents.countByCategory(),
      plaintextCredentials: await tx.observations.countPlaintextCredentials(),
      ...(await findingsOf(tx, clock.now())),
      pendingApprovals: await tx.approvals.countPending(clock.now()),
      lastScan: lastScan ? scanView(lastScan) : null,
      scan: scans.progress(),
      log: logView,
      recent: await eventViews(tx, recentAmong(await tx.outbox.list({ limit: LOOKED_AT }))),
    }
  })
}

/** What happened lately; findings, which are told above by how bad they are, only where little else did. */
function recentAmong(events: readonly StoredEvent[]): readonly StoredEvent[] {
  const others = events.filter(({ type }) => !type.startsWith("finding."))
  const kept = new Set(others.slice(0, RECENT))
  for (const event of events) if (kept.size < RECENT) kept.add(event)
  return events.filter((event) => kept.has(event))
}

async function findingsOf(
  tx: FindingReads,
  now: Date,
): Promise<Pick<OverviewView, "findingsBySeverity" | "worstFindings">> {
  const findingsBySeverity: Partial<Record<Severity, number>> = {}
  for (const { severity, state, findings } of await tx.findings.count(now))
    if (state === "open") findingsBySeverity[severity] = (findingsBySeverity[severity] ?? 0) + findings
  const worst = await tx.findings.list({ now, states: ["open"], limit: WORST })
  return { findingsBySeverity, worstFindings: await findingViews(tx, worst, now) }
}

/** Answers a scan as people see it. */
export function scanView({
  id,
  reporter,
  roots,
  startedAt,
  finishedAt,
  unreadable,
  coverage,
  result,
}: ScanRecord): ScanView {
  const filesRead = coverage["filesRead"] === undefined ? 0 : plainJson(coverage["filesRead"])
  return {
    id,
    reporter,
    roots,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    unreadable,
    filesRead: typeof filesRead === "number" ? filesRead : 0,
    result,
  }
}
