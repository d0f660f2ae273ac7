import type { Id, JsonObject } from "@tabard/core"
import { newId } from "@tabard/core"
import type { ScanReport } from "@tabard/scan"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { recordScanFindings } from "../findings/record-scan-findings.ts"
import type { BegunScan, ScanResult, ScanSource } from "../registry/observation-store.ts"
import type { Transact } from "../transaction.ts"
import { markVanished } from "./mark-vanished.ts"
import { AGENTS_AT_ONCE, portionsOf } from "./portions.ts"
import { reconcileAgents, type Surroundings } from "./reconcile-agents.ts"
import { reconcileCredentials } from "./reconcile-credentials.ts"
import { reconcileServers } from "./reconcile-servers.ts"
import type { ScanStores, Sight } from "./sight.ts"

export interface RecordScanDeps extends RecordContext {
  readonly transact: Transact<keyof ScanStores>
}

/** What a scan changed in the inventory. */
export interface ScanChanges {
  readonly scan: Id<"scan">
  readonly discovered: readonly Id<"agent">[]
  /** How many things are there otherwise than before: new, changed, back or gone. */
  readonly changes: number
}

/**
 * Brings one scan into the inventory: what was not known is discovered, what was known is seen again, what is gone from
 * a place that was read to its end is marked as vanished. The same scan twice changes nothing but the time of sight.
 *
 * What two reporters see is one thing only where somebody vouched that they look at the same machine; a name alone
 * vouches for no machine. A large scan is brought in by portions, each whole or not at all: where it ends half-way, what
 * was brought in is true, nothing is marked as vanished, and the scan counts as never finished. Recording it again goes on.
 */
export async function recordScan(
  deps: RecordScanDeps,
  reporter: string | ScanSource,
  report: ScanReport,
): Promise<ScanChanges> {
  const { transact, clock, organisation } = deps
  const by = typeof reporter === "string" ? { name: reporter, machine: null } : reporter
  const sight: Sight = { organisation, clock, scan: newId("scan", clock), by, at: clock.now() }
  const record = scanRecord(sight, report)
  await transact(({ observations }) => observations.insertScan(record))

  const { changes: around, ...surroundings } = await reconcileSurroundings(deps, sight, report)
  const discovered: Id<"agent">[] = []
  let changes = around
  for (const portion of portionsOf(distinct(report.agents), AGENTS_AT_ONCE)) {
    const brought = await transact((tx) => reconcileAgents(tx, sight, portion, surroundings))
    discovered.push(...brought.discovered)
    changes += brought.changes
  }
  const late = await isLate(deps, record)
  const vanished = late ? 0 : await markVanished(transact, sight, record)
  await transact(async ({ observations, outbox }) => {
    await observations.finishScan(sight.scan, {
      ...seenIn(report),
      discovered: discovered.length,
      changed: changes,
      vanished,
    })
    await recordEvent(deps, outbox, {
      type: "scan.finished",
      actor: { kind: "system", id: by.name },
      data: { scan: sight.scan, ...countsOf(report), discovered: discovered.length, vanished },
    })
  })
  if (!late) await recordScanFindings(deps, sight, report)
  return { scan: sight.scan, discovered, changes: changes + vanished }
}

async function reconcileSurroundings(
  { transact }: RecordScanDeps,
  sight: Sight,
  report: ScanReport,
): Promise<Surroundings & Pick<ScanChanges, "changes">> {
  let changes = 0
  const servers = new Map<string, Id<"server">>()
  for (const portion of portionsOf(distinct(report.mcpServers))) {
    const brought = await transact((tx) => reconcileServers(tx, sight, portion))
    for (const [key, id] of brought.ids) servers.set(key, id)
    changes += brought.changes
  }
  const credentials = new Map<string, Id<"credential">>()
  for (const portion of portionsOf(distinct(report.credentials))) {
    const brought = await transact((tx) => reconcileCredentials(tx, sight, portion))
    for (const [key, id] of brought.ids) credentials.set(key, id)
    changes += brought.changes
  }
  return { servers, credentials, changes }
}

/** A report may name a key twice; its last word counts. */
function distinct<Thing extends { readonly key: string }>(things: readonly Thing[]): readonly Thing[] {
  return [...new Map(things.map((thing) => [thing.key, thing])).values()]
}

/** A report that was overtaken on its way says what was there, not what is gone. */
async function isLate({ transact }: RecordScanDeps, { reporter, finishedAt }: BegunScan): Promise<boolean> {
  const newest = await transact(({ observations }) => observations.newestScan(reporter))
  return newest !== undefined && newest > finishedAt
}

/** A reporter's clock may be wrong; it cannot have finished after it was heard. */
function scanRecord({ scan: id, by, at }: Sight, report: ScanReport): BegunScan {
  const { knowledge, ...counts } = report.coverage
  const finishedAt = new Date(report.finishedAt)
  return {
    id,
    reporter: by.name,
    roots: report.roots,
    startedAt: new Date(report.startedAt),
    finishedAt: finishedAt < at ? finishedAt : at,
    unreadable: report.unreadable,
    coverage: { ...counts, knowledge: { ...knowledge } },
  }
}

function seenIn(report: ScanReport): Pick<ScanResult, "agents" | "servers" | "credentials"> {
  return {
    agents: report.agents.length,
    servers: report.mcpServers.length,
    credentials: report.credentials.length,
  }
}

function countsOf(report: ScanReport): JsonObject {
  return {
    ...seenIn(report),
    unreadable: report.unreadable.length,
    filesRead: report.coverage.filesRead,
  }
}
