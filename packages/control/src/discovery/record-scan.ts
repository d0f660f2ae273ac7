import type { Id, JsonObject } from "@tabard/core"
import { newId } from "@tabard/core"
import type { ScanReport } from "@tabard/scan"
import { type RecordContext, recordEvent } from "../audit/event.ts"
import type { ScanRecord } from "../registry/observation-store.ts"
import { type RiskStores, rescoreAgents } from "../risk/rescore-agents.ts"
import type { Transact } from "../transaction.ts"
import { reconcileAgents } from "./reconcile-agents.ts"
import { reconcileCredentials } from "./reconcile-credentials.ts"
import { reconcileServers } from "./reconcile-servers.ts"
import type { ScanStores, Sight } from "./sight.ts"

export interface RecordScanDeps extends RecordContext {
  readonly transact: Transact<keyof ScanStores | keyof RiskStores>
}

/** What a scan changed in the inventory. */
export interface ScanChanges {
  readonly scan: Id<"scan">
  readonly discovered: readonly Id<"agent">[]
}

/**
 * Brings one scan into the inventory: what was not known is discovered, what was known is seen again. The same
 * scan twice changes nothing but the time of sight.
 */
export async function recordScan(
  deps: RecordScanDeps,
  reporter: string,
  report: ScanReport,
): Promise<ScanChanges> {
  const { transact, clock } = deps
  return transact(async (tx) => {
    const scan = newId("scan", clock)
    const sight: Sight = { ...deps, scan, reporter, at: clock.now() }
    await tx.observations.insertScan(scanRecord(scan, reporter, report))

    const servers = await reconcileServers(tx, sight, report.mcpServers)
    const credentials = await reconcileCredentials(tx, sight, report.credentials)
    const { discovered, seen } = await reconcileAgents(tx, sight, report.agents, { servers, credentials })
    await rescoreAgents(deps, tx, seen)

    await recordEvent(deps, tx.outbox, {
      type: "scan.finished",
      actor: { kind: "system", id: reporter },
      data: { scan, ...countsOf(report), discovered: discovered.length },
    })
    return { scan, discovered }
  })
}

function scanRecord(id: Id<"scan">, reporter: string, report: ScanReport): ScanRecord {
  const { knowledge, ...counts } = report.coverage
  return {
    id,
    reporter,
    roots: report.roots,
    startedAt: new Date(report.startedAt),
    finishedAt: new Date(report.finishedAt),
    unreadable: report.unreadable,
    coverage: { ...counts, knowledge: { ...knowledge } },
  }
}

function countsOf(report: ScanReport): JsonObject {
  return {
    agents: report.agents.length,
    servers: report.mcpServers.length,
    credentials: report.credentials.length,
    unreadable: report.unreadable.length,
    filesRead: report.coverage.filesRead,
  }
}
