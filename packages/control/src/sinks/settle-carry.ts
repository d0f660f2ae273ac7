import { type JsonObject, newId } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { EventType } from "../audit/event/event-types.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { LeaseLost } from "../audit/log/write-log.ts"
import type { Transact, Transaction } from "../transaction.ts"
import type { Refusal } from "./dead-letter-store.ts"
import { isForPeople } from "./is-for-people.ts"
import type { Portion } from "./next-portion.ts"
import { restMs } from "./rest-ms.ts"
import type { CarriedItem, CarryResult, RefusedItem } from "./sink-carrier.ts"
import { isLate } from "./sink-health.ts"
import type { SinkPace, SinkProgress } from "./sink-progress-store.ts"
import type { Sink } from "./sink-store.ts"

/** The stores that settling touches. */
type SettleStores = Pick<Transaction, "deadLetters" | "outbox" | "sinkProgress">

export interface SettleDeps extends RecordContext {
  readonly transact: Transact<keyof SettleStores>
}

/** For which sink something was carried, and under which fencing number of its lease. */
export interface Carrying {
  readonly sink: Sink
  readonly fence: number
}

const HOUR_MS = 60 * 60_000

/** The most that is kept of why an item was refused. */
const MOST_REASON = 500

/**
 * Moves the cursor behind a portion that was taken and keeps what of it was refused, in one transaction: stopped before
 * it, the portion is carried again under the same keys.
 *
 * @throws {LeaseLost} where another process carries by now, or the sink was removed or put back meanwhile
 */
export async function settleTaken(
  deps: SettleDeps,
  { sink, fence }: Carrying,
  portion: Portion,
  refused: readonly RefusedItem[],
): Promise<void> {
  const at = deps.clock.now()
  await deps.transact(async (tx) => {
    const before = await tx.sinkProgress.find(sink.id)
    const { from, to, items, checkpoint } = portion
    const carried = items.length > 0
    const end = checkpoint && { checkpoint: checkpoint.end }
    const step = { sink: sink.id, from, to, fence, at, carried, ...end }
    if (!before || !(await tx.sinkProgress.step(step))) throw lost()
    const pace = paceOf(sink, items, before, at)
    if (pace.entries > 0) await tx.sinkProgress.count(sink.id, hourOf(at), pace)
    if (refused.length > 0) await keepLetters(deps, tx, sink, refusalsOf(deps, sink, portion, refused))
    if (before.told && carried) await tell(deps, tx, sink, { type: "sink.recovered" })
  })
}

/**
 * Leaves a sink alone for a while because its receiver took nothing, and tells administrators once where a person has to
 * put something right, or it has gone on for an hour.
 *
 * @throws {LeaseLost} as settleTaken
 */
export async function settleTrouble(
  deps: SettleDeps,
  { sink, fence }: Carrying,
  result: Exclude<CarryResult, { kind: "taken" }>,
): Promise<void> {
  const at = deps.clock.now()
  await deps.transact(async (tx) => {
    const before = await tx.sinkProgress.find(sink.id)
    if (!before) throw lost()
    const since = before.troubledSince ?? at
    const isTold = isForPeople(result.kind, since, at)
    const due = new Date(at.getTime() + restMs(result, before.failures + 1))
    const said = result.reason.slice(0, MOST_REASON)
    const told = before.told || isTold
    const trouble = { sink: sink.id, fence, standing: result.kind, at, due, said, told }
    if (!(await tx.sinkProgress.trouble(trouble))) throw lost()
    if (isTold && !before.told)
      await tell(deps, tx, sink, { type: "sink.stalled", data: { said, standing: result.kind } })
  })
}

/** Keeps dead letters; the first of a sink is told of, so that nobody has to look for it. */
export async function keepLetters(
  deps: SettleDeps,
  tx: SettleStores,
  sink: Sink,
  refusals: readonly Refusal[],
): Promise<void> {
  const isFirst = ((await tx.deadLetters.count()).get(sink.id) ?? 0) === 0
  await tx.deadLetters.keep(refusals)
  const [first] = refusals
  if (isFirst && first)
    await tell(deps, tx, sink, { type: "sink.refused", data: { items: refusals.length, said: first.reason } })
}

/** Answers what was refused of these items, as it is kept. */
export function refusalsOf(
  { clock }: SettleDeps,
  sink: Sink,
  { items, checkpoint }: Pick<Portion, "items" | "checkpoint">,
  refused: readonly RefusedItem[],
): readonly Refusal[] {
  const byKey = new Map(items.map((item) => [item.key, item]))
  const at = clock.now()
  return refused.flatMap(({ key, reason }) => {
    const item = byKey.get(key)
    if (!item) return []
    const { type, place } = item
    const note = isCheckpoint(item) ? (checkpoint?.note ?? null) : null
    const said = reason.slice(0, MOST_REASON)
    return [{ id: newId("deadLetter", clock), sink: sink.id, key, type, place, note, reason: said, at }]
  })
}

function paceOf(sink: Sink, items: readonly CarriedItem[], { reached }: SinkProgress, at: Date): SinkPace {
  // What is carried once more says nothing of how soon it came.
  const fresh = items.filter((item) => !isCheckpoint(item) && item.place >= reached)
  return { entries: fresh.length, late: fresh.filter((item) => isLate(sink, item.at, at)).length }
}

function isCheckpoint({ key }: CarriedItem): boolean {
  return key.startsWith("checkpoint/")
}

function hourOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS)
}

async function tell(
  deps: RecordContext,
  { outbox }: Pick<SettleStores, "outbox">,
  { id, name, kind }: Sink,
  { type, data }: { readonly type: EventType; readonly data?: JsonObject },
): Promise<void> {
  const actor = { kind: "system", id: "export" } as const
  await recordEvent(deps, outbox, { type, actor, data: { sink: id, name, kind, ...data } })
}

function lost(): LeaseLost {
  return new LeaseLost("another process carries for this sink, or it was removed or put back")
}
