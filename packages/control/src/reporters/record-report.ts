import { Problem, type Reporter } from "@tabard/core"
import type { ScanReport } from "@tabard/scan"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { recordScan, type ScanChanges } from "../discovery/record-scan.ts"
import type { ObservedKind } from "../registry/observation-store.ts"
import type { Transact } from "../transaction.ts"
import { REPORT_PACE } from "./admit-report.ts"

/** What taking a report needs. */
export interface RecordReportDeps extends RecordContext {
  readonly transact: Transact
}

/** How many things a reporter may ever have seen: far more than a machine has, and too few to fill a store. */
export const REPORT_QUOTA: Readonly<Record<ObservedKind, number>> = {
  agent: 20_000,
  server: 40_000,
  credential: 40_000,
}

/**
 * How many things one report may find otherwise than the one before; for as many again the reporter waits as for another
 * report. Each change is kept in the record for ever, and whatever comes and goes would fill it.
 */
export const CHANGES_A_REPORT = 500

/** How often a reporter's refusals are told in the record, at most. */
const TELL_EVERY_MS = 60 * 60 * 1000

/**
 * Brings a report, as far as it is believed, into the inventory as what this reporter saw, and ends its turn. When it
 * answers, the scan is kept. It speaks for this reporter alone: recordScan keeps reporters apart.
 *
 * @throws {Problem} report_invalid, where it goes past what one reporter may see
 */
export async function recordReport(
  deps: RecordReportDeps,
  reporter: Reporter,
  report: ScanReport,
): Promise<ScanChanges> {
  await assertWithinQuota(deps, reporter, report)
  const changes = await recordScan(deps, reporter.id, report)
  await deps.transact(({ reporters }) =>
    reporters.finish(
      reporter.id,
      {
        scan: changes.scan,
        at: deps.clock.now(),
        agents: report.agents.length,
        unreadable: report.unreadable.length,
      },
      Math.floor(changes.changes / CHANGES_A_REPORT) * REPORT_PACE.every,
    ),
  )
  return changes
}

/** Ends a reporter's turn that came to nothing. The refusal is counted, and told in the record once an hour at most. */
export async function refuseReport(
  deps: RecordContext & { readonly transact: Transact<"outbox" | "reporters"> },
  { id, name }: Reporter,
  why: string,
): Promise<void> {
  const at = deps.clock.now()
  const toldBefore = new Date(at.getTime() - TELL_EVERY_MS)
  await deps.transact(async ({ reporters, outbox }) => {
    if (!(await reporters.refuse(id, { at, why, toldBefore }))) return
    await recordEvent(deps, outbox, {
      type: "report.refused",
      actor: { kind: "system", id },
      outcome: why,
      data: { name },
    })
  })
}

async function assertWithinQuota(
  { transact }: RecordReportDeps,
  { id }: Reporter,
  { agents, mcpServers, credentials }: ScanReport,
): Promise<void> {
  const held = await transact(async ({ reporters }) => ({
    agent: await reporters.seenKeys(id, "agent"),
    server: await reporters.seenKeys(id, "server"),
    credential: await reporters.seenKeys(id, "credential"),
  }))
  assertFits("agent", held.agent, agents)
  assertFits("server", held.server, mcpServers)
  assertFits("credential", held.credential, credentials)
}

function assertFits(
  kind: ObservedKind,
  held: readonly string[],
  sent: readonly { readonly key: string }[],
): void {
  if (new Set([...held, ...sent.map(({ key }) => key)]).size <= REPORT_QUOTA[kind]) return
  const words = `with this report the reporter would have seen more than ${REPORT_QUOTA[kind]} ${kind}s; revoke it if it is not what it was enrolled for`
  throw new Problem("report_invalid", words)
}
