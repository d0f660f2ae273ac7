import { formatNote, parseNote } from "@tabard/log"
import { lowestCursor } from "../../sinks/lowest-cursor.ts"
import { recordEvent } from "../event/record-event.ts"
import { LeaseLost } from "../log/write-log.ts"
import { boundaryBelow, monthsBefore } from "./prune-boundary.ts"
import { type PruneRecordDeps, type PruneStores, RETENTION_LEASE } from "./prune-deps.ts"
import type { Retention } from "./retention-store.ts"
import { type SpannedLog, spannedLogs } from "./spanned-logs.ts"

/** How often a minimum index is raised by time alone: each raising is an entry of its own. */
const RAISE_EVERY_MS = 24 * 60 * 60 * 1000

/** How long after it was settled a retention takes nothing yet: so long it can be taken back by others than who settled it. */
const RECONSIDER_MS = 72 * 60 * 60 * 1000

/** How many events are looked at in one snapshot. */
const WINDOW = 20_000

/** A log that is to be pruned further. */
interface Candidate extends SpannedLog {
  readonly minimum: number
  /** Where pruning has to end, whatever the times of its entries: the last bundle that is complete and was carried everywhere. */
  readonly end: number
}

/**
 * Raises the minimum index of the oldest log that holds more than its retention allows, to the newest end of a bundle
 * before which every entry is old enough; answers whether it did. An entry that a sink or a notification still waits for
 * stays, and so does the edge to which the log adds.
 *
 * @throws {LeaseLost} where another process prunes by now
 */
export async function raiseMinimum(deps: PruneRecordDeps): Promise<boolean> {
  const retention = await deps.snapshot((tx) => tx.retention.find())
  const now = deps.clock.now()
  if (!retention || retention.months === null || isNew(retention, now)) return false
  const cutoff = monthsBefore(now, retention.months)
  for (const candidate of await candidates(deps, retention.setAt)) {
    const to = await boundaryOf(deps, candidate, cutoff)
    if (to > candidate.minimum) return raise(deps, candidate, to)
    if (to < boundaryBelow(candidate.size)) return false
  }
  return false
}

function isNew({ setAt }: Retention, now: Date): boolean {
  return now.getTime() - setAt.getTime() < RECONSIDER_MS
}

/** The logs in their order; one whose index was raised today rests, unless the retention is newer. */
async function candidates(deps: PruneRecordDeps, settled: Date): Promise<readonly Candidate[]> {
  const rested = deps.clock.now().getTime() - RAISE_EVERY_MS
  return deps.snapshot(async (tx) => {
    const prunings = new Map((await tx.retention.prunings()).map((one) => [one.generation, one]))
    const carried = await carriedEverywhere(tx)
    return (await spannedLogs(tx)).flatMap((log) => {
      const { minimum = 0, raisedAt } = prunings.get(log.number) ?? {}
      const rests = raisedAt !== undefined && raisedAt.getTime() > rested && raisedAt >= settled
      const end = boundaryBelow(Math.max(0, Math.min(log.size, carried - log.base)))
      return [{ ...log, minimum, end: rests ? minimum : end }]
    })
  })
}

/** Answers the place before which nobody waits for an entry any more. */
async function carriedEverywhere(tx: Pick<PruneStores, "notifications" | "sinkProgress">): Promise<number> {
  const [sinks, told] = [await lowestCursor(tx), await tx.notifications.place()]
  return Math.min(sinks ?? Number.POSITIVE_INFINITY, told ?? Number.POSITIVE_INFINITY)
}

async function boundaryOf(
  { snapshot }: PruneRecordDeps,
  { base, minimum, end }: Candidate,
  cutoff: Date,
): Promise<number> {
  for (let from = minimum; from < end; from += WINDOW) {
    const to = Math.min(end, from + WINDOW)
    const young = await snapshot(({ retention }) => retention.firstSince(cutoff, base + from, base + to))
    if (young !== undefined) return boundaryBelow(young - base)
  }
  return Math.max(minimum, end)
}

/** The index and the event that tells of it commit together; the checkpoint in it says what the log was then. */
async function raise(deps: PruneRecordDeps, log: Candidate, to: number): Promise<boolean> {
  const { number, origin, base, minimum, checkpoint } = log
  return deps.transact(async ({ leases, outbox, retention, ...tx }) => {
    if (!(await leases.holds(RETENTION_LEASE, deps.fence)))
      throw new LeaseLost("another process prunes by now")
    // Asked again: a sink may have been put back, or another set up, since it was looked.
    if ((await carriedEverywhere(tx)) < base + to) return false
    if (!(await retention.raise(number, { from: minimum, to, at: deps.clock.now() }))) return false
    await recordEvent(deps, outbox, {
      type: "log.pruned",
      actor: { kind: "system", id: "retention" },
      data: { log: origin, from: minimum, to, checkpoint: checkpoint && signedByLog(checkpoint, origin) },
    })
    return true
  })
}

/** Without the cosignatures, of which there may be more than an event takes. */
function signedByLog(checkpoint: string, origin: string): string {
  const { text, signatures } = parseNote(new TextEncoder().encode(checkpoint))
  const own = signatures.filter(({ name }) => name === origin)
  return new TextDecoder().decode(formatNote({ text, signatures: own }))
}
