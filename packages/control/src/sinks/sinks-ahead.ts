import type { Transaction } from "../transaction.ts"
import { CHECKPOINT_EVERY_MS, restedSince } from "./next-portion.ts"
import type { Sink } from "./sink-store.ts"

/** The stores that say whether a sink has anything to do. */
export type AheadStores = Pick<Transaction, "deadLetters" | "logState" | "sinkProgress" | "sinks">

/** Answers the running sinks that have something to carry by now; where nothing happens, nothing is written either. */
export async function sinksAhead(tx: AheadStores, now: Date): Promise<readonly Sink[]> {
  const running = (await tx.sinks.list()).filter(({ state }) => state === "running")
  if (running.length === 0) return []
  const published = (await tx.logState.find())?.published ?? 0
  const letters = new Set(await tx.deadLetters.sinksWaiting())
  const progress = new Map((await tx.sinkProgress.list()).map((one) => [one.sink, one]))
  return running.filter((sink) => {
    const at = progress.get(sink.id)
    if (!at || (at.due !== null && at.due > now)) return false
    const lacks = sink.checkpoints && at.checkpoint < published && restedSince(at, now) >= CHECKPOINT_EVERY_MS
    return at.place < published || lacks || letters.has(sink.id)
  })
}
