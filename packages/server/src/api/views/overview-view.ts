import type { OverviewView, ScanView } from "@tabard/api"
import type { ScanRecord, StoredEvent } from "@tabard/control"

import type { User } from "@tabard/core"

import type { ApiServices } from "../services.ts"
import { seersOf } from "../standing-memo.ts"
import { eventViews } from "./event-views.ts"
import { plainJson } from "./plain-json.ts"
import { standingCounts } from "./standing-counts.ts"

/** How many of the latest events the overview tells. */
const RECENT = 12

/** How many are looked at for them: a first scan opens many findings, which would hide all else. */
const LOOKED_AT = 200

/** Answers what a person opens the console for: is anything wrong, what waits, what changed. */
export async function overviewView(
  { shelf, clock, log, scans, standing }: ApiServices,
  user: User,
): Promise<OverviewView> {
  const logView = await log.view()
  const counts = await standing.overview.of(seersOf(user), () =>
    shelf.snapshot((tx) => standingCounts(tx, clock.now())),
  )
  return shelf.snapshot(async (tx) => {
    const [lastScan] = await tx.observations.listScans({ limit: 1 })
    return {
      ...counts,
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
