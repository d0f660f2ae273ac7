import type { JsonObject } from "@tabard/core"
import { hashLeaf, parseCheckpoint, parseNote } from "@tabard/log"
import { sha256 } from "@tabard/log/node"
import type { StoredEvent } from "../audit/event/event-store.ts"
import type { Transaction } from "../transaction.ts"
import type { CarriedItem, LoggedEntry } from "./sink-carrier.ts"
import type { SinkContents } from "./sink-contents.ts"
import type { Sink } from "./sink-store.ts"

/** A log of the organisation, as far as naming its entries goes. */
export interface NamedLog {
  readonly origin: string
  /** The place of its first entry. */
  readonly base: number
}

/** Answers the logs of the record, the newest first. */
export async function namedLogs({
  logState,
  logs,
}: Pick<Transaction, "logState" | "logs">): Promise<readonly NamedLog[]> {
  const kept = await logs.list()
  const newest = await logState.find()
  return newest && kept[0]?.origin !== newest.origin ? [newest, ...kept] : kept
}

/** An event at its place in the record, among the logs that it can be an entry of. */
export interface PlacedEvent {
  readonly event: StoredEvent
  readonly place: number
  readonly logs: readonly NamedLog[]
}

/** A signed checkpoint as it was published. */
export interface PublishedNote {
  readonly note: string
  /** The place up to which it covers the record. */
  readonly end: number
  readonly at: Date
}

/** Answers an entry of the record as an item for a sink. */
export function entryItem(
  contents: SinkContents,
  { content }: Pick<Sink, "content">,
  { event, place, logs }: PlacedEvent,
): CarriedItem {
  const entry = loggedEntry({ event, place, logs })
  return {
    key: `${entry.origin}/${entry.index}`,
    place,
    type: event.type,
    at: event.at,
    body: contents.entry(content, entry),
  }
}

/** Answers a signed checkpoint as an item for a sink. */
export function checkpointItem(
  contents: SinkContents,
  { content }: Pick<Sink, "content">,
  { note, end, at }: PublishedNote,
): CarriedItem {
  const { origin, size, root } = parseCheckpoint(parseNote(new TextEncoder().encode(note)).text)
  const checkpoint = { origin, size, root: Buffer.from(root).toString("base64"), note, publishedAt: at }
  return {
    key: `checkpoint/${origin}/${size}`,
    place: end - 1,
    type: "log.checkpoint",
    at,
    body: contents.checkpoint(content, checkpoint),
  }
}

function loggedEntry({ event: { bytes }, place, logs }: PlacedEvent): LoggedEntry {
  const { origin = "", base = 0 } = logs.find((log) => log.base <= place) ?? {}
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every event was written as a JSON object
  const event = JSON.parse(new TextDecoder().decode(bytes)) as JsonObject
  const leaf = Buffer.from(hashLeaf(sha256, bytes)).toString("base64")
  return { place, origin, index: place - base, leaf, event }
}
