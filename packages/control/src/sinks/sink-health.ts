import type { Id } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import type { SinkPace, SinkProgress } from "./sink-progress-store.ts"
import type { Sink } from "./sink-store.ts"

/** How soon after it happened a receiver should have an entry, beyond the time for which the sink gathers. */
const IN_TIME_MS = 5 * 60_000

const MINUTE_MS = 60_000

/** Over how long it is looked at whether entries come in time. */
const WINDOW_MS = 24 * 60 * 60_000

/** How a sink does. */
export interface SinkHealth {
  readonly progress: SinkProgress
  /** How many entries the record has that checkpoints cover: where the cursor will be when all is carried. */
  readonly size: number
  /** When the oldest entry happened that was not carried; null where none waits. */
  readonly waitingSince: Date | null
  readonly deadLetters: number
  /** What was carried in the last day. */
  readonly pace: SinkPace
  /**
   * Whether export does what is claimed of it: it runs, 95 % of the last day's entries came in time, none has waited for
   * longer, and no letter is dead.
   */
  readonly met: boolean
}

type HealthStores = Pick<Transaction, "deadLetters" | "logState" | "outbox" | "sinkProgress">

/** Answers how sinks do at a time, by their ids. */
export async function sinkHealth(
  tx: HealthStores,
  sinks: readonly Sink[],
  now: Date,
): Promise<ReadonlyMap<Id<"sink">, SinkHealth>> {
  const size = (await tx.logState.find())?.published ?? 0
  const letters = await tx.deadLetters.count()
  const pace = await tx.sinkProgress.pace(new Date(now.getTime() - WINDOW_MS))
  const all = new Map((await tx.sinkProgress.list()).map((one) => [one.sink, one]))
  const health = new Map<Id<"sink">, SinkHealth>()
  for (const sink of sinks) {
    const progress = all.get(sink.id)
    if (!progress) continue
    const known = {
      progress,
      size,
      waitingSince: await waitingSince(tx, progress.place, size),
      deadLetters: letters.get(sink.id) ?? 0,
      pace: pace.get(sink.id) ?? { entries: 0, late: 0 },
    }
    health.set(sink.id, { ...known, met: isMet(sink, known, now) })
  }
  return health
}

/** Answers whether an entry that happened at a time comes late to a receiver that has it at another. */
export function isLate(sink: Sink, happened: Date, taken: Date): boolean {
  return taken.getTime() - happened.getTime() > allowedMs(sink)
}

async function waitingSince({ outbox }: HealthStores, place: number, size: number): Promise<Date | null> {
  if (place >= size) return null
  const [oldest] = await outbox.range(place, place + 1)
  return oldest?.at ?? null
}

function isMet(
  sink: Sink,
  { waitingSince: since, deadLetters, pace }: Omit<SinkHealth, "met">,
  now: Date,
): boolean {
  const inTime = (since === null || !isLate(sink, since, now)) && pace.late * 20 <= pace.entries
  return sink.state === "running" && inTime && deadLetters === 0
}

function allowedMs({ settings }: Sink): number {
  const gathers = settings["everyMinutes"]
  return IN_TIME_MS + (typeof gathers === "number" ? gathers * MINUTE_MS : 0)
}
