import type { Clock, SinkChoice } from "@tabard/core"
import type { LogState } from "../audit/log/log-state-store.ts"
import type { Snapshot } from "../transaction.ts"
import { checkpointItem, entryItem, type NamedLog, namedLogs, type PublishedNote } from "./make-items.ts"
import type { CarriedItem, SinkCarrier } from "./sink-carrier.ts"
import type { SinkContents } from "./sink-contents.ts"
import type { SinkProgress } from "./sink-progress-store.ts"
import type { Sink } from "./sink-store.ts"

export interface PortionDeps {
  readonly clock: Clock
  readonly snapshot: Snapshot<"logCheckpoints" | "logState" | "logs" | "outbox">
  readonly contents: SinkContents
}

/** What is carried in one go, and how far the cursor comes by it. */
export interface Portion {
  readonly items: readonly CarriedItem[]
  readonly from: number
  readonly to: number
  /** The checkpoint at its end, if there is one. */
  readonly checkpoint: { readonly end: number; readonly note: string } | null
}

/** How many events are read at once: with the largest events there can be, some megabytes. */
const READ = 100

/** How many events are looked at for one portion: a sink that carries few of them still moves its cursor. */
const MOST_LOOKED_AT = 5_000

/** How far apart checkpoints are carried, where entries keep coming. */
export const CHECKPOINT_EVERY_MS: number = 60_000

/**
 * Answers what is to be carried next: entries behind the cursor, as many as the carrier takes, and only what a published
 * checkpoint covers, so that a receiver never has what the log could still lose. Undefined where nothing is, or where
 * what there is is still being gathered.
 */
export async function nextPortion(
  deps: PortionDeps,
  { sink, progress, carrier }: { sink: Sink; progress: SinkProgress; carrier: SinkCarrier },
): Promise<Portion | undefined> {
  const known = await deps.snapshot(async (tx) => ({
    state: await tx.logState.find(),
    logs: await namedLogs(tx),
  }))
  const { state, logs } = known
  if (!state) return undefined
  const gathered = await gather(deps, { sink, carrier, logs }, progress.place, state.published)
  if (isGathering(gathered, carrier, deps.clock.now())) return undefined
  const due =
    sink.checkpoints && gathered.isEnd && isCheckpointDue(progress, carrier, state, deps.clock.now())
  const checkpoint = due ? await publishedCheckpoint(deps, state) : undefined
  const { items, to } = gathered
  const portion = { items, from: progress.place, to, checkpoint: null }
  if (!checkpoint) return to === progress.place ? undefined : portion
  const last = checkpointItem(deps.contents, sink, checkpoint)
  return { ...portion, items: [...items, last], checkpoint: checkpoint }
}

/** Whether what there is waits for more to come with it. */
function isGathering({ items: [first], isFull }: Gathered, { everyMs = 0 }: SinkCarrier, now: Date): boolean {
  return first !== undefined && !isFull && now.getTime() - first.at.getTime() < everyMs
}

interface Gathered {
  readonly items: readonly CarriedItem[]
  readonly to: number
  /** Whether the carrier takes no more at once. */
  readonly isFull: boolean
  /** Whether it reaches to the end of what is published. */
  readonly isEnd: boolean
}

interface Gathering {
  readonly sink: Sink
  readonly carrier: SinkCarrier
  readonly logs: readonly NamedLog[]
}

async function gather(
  { snapshot, contents }: PortionDeps,
  { sink, carrier, logs }: Gathering,
  from: number,
  end: number,
): Promise<Gathered> {
  const { portion } = carrier
  const items: CarriedItem[] = []
  let bytes = 0
  let to = from
  while (to < end && to - from < MOST_LOOKED_AT) {
    const until = Math.min(end, to + READ)
    const events = await snapshot(({ outbox }) => outbox.range(to, until))
    for (const event of events.filter(({ type }) => isChosen(sink.choice, type))) {
      const place = event.index ?? to
      const item = entryItem(contents, sink, { event, place, logs })
      const size = Buffer.byteLength(JSON.stringify(item.body))
      // One that is too large by itself is carried alone: the receiver says what comes of it.
      const fits = items.length < portion.items && (bytes + size <= portion.bytes || items.length === 0)
      if (!fits) return { items, to: place, isFull: true, isEnd: false }
      items.push(item)
      bytes += size
    }
    to = until
  }
  return { items, to, isFull: items.length >= portion.items || to < end, isEnd: to >= end }
}

function isChosen(choice: SinkChoice, type: string): boolean {
  switch (choice.kind) {
    case "all":
      return true
    case "calls":
      return type.startsWith("call.")
    case "types":
      return choice.types.includes(type)
  }
}

function isCheckpointDue(
  { checkpoint, checkpointAt, place }: SinkProgress,
  { everyMs = 0 }: SinkCarrier,
  { published, base }: LogState,
  now: Date,
): boolean {
  // A cursor that was put back carries the newest checkpoint again when it is through.
  const isNew = published > checkpoint || (place < published && place < checkpoint)
  return (
    published > base && isNew && restedSince({ checkpointAt }, now) >= Math.max(CHECKPOINT_EVERY_MS, everyMs)
  )
}

/** Answers for how long no checkpoint was carried. */
export function restedSince({ checkpointAt }: Pick<SinkProgress, "checkpointAt">, now: Date): number {
  return checkpointAt === null ? Number.POSITIVE_INFINITY : now.getTime() - checkpointAt.getTime()
}

/** The last checkpoint, with the cosignatures that have come since, if the record keeps them. */
async function publishedCheckpoint(
  { clock, snapshot }: PortionDeps,
  { generation, base, published, checkpoint }: LogState,
): Promise<PublishedNote | undefined> {
  const kept = await snapshot(({ logCheckpoints }) => logCheckpoints.find(generation, published - base))
  const note = kept?.note ?? checkpoint
  return note === null ? undefined : { note, end: published, at: kept?.publishedAt ?? clock.now() }
}
