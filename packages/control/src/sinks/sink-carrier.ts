import type { JsonObject } from "@tabard/core"

/** An entry of the record, as contents are made of it. */
export interface LoggedEntry {
  /** Its place in the record, the same for ever and across the logs that follow each other. */
  readonly place: number
  /** The origin of the log that holds it, and its index there. */
  readonly origin: string
  readonly index: number
  /** The hash of its leaf, base64. */
  readonly leaf: string
  /** The event as it was logged. */
  readonly event: JsonObject
}

/** One entry, or one checkpoint, on its way to a sink. */
export interface CarriedItem {
  /** The same however often it is carried: by it a receiver knows what it has already. */
  readonly key: string
  /** The place of the entry in the record; for a checkpoint that of the last entry that it covers. */
  readonly place: number
  readonly type: string
  readonly at: Date
  /** What is carried, in the sink's content. */
  readonly body: JsonObject
}

/** An item that the receiver will never take, and why, in words of ours. */
export interface RefusedItem {
  readonly key: string
  readonly reason: string
}

/** What came of carrying a portion. */
export type CarryResult =
  /** The receiver has all but the refused, durably as far as it says; the cursor moves on. */
  | { readonly kind: "taken"; readonly refused: readonly RefusedItem[] }
  /** Nothing of it counts, and the same portion is carried again, after `afterMs` where the receiver said when. */
  | { readonly kind: "later"; readonly reason: string; readonly afterMs: number | null }
  /** The receiver wants something that a person has to put right; it is tried again, seldom. */
  | { readonly kind: "held"; readonly reason: string }

/** Carries items to one receiver. A fault that it throws counts as `later`. */
export interface SinkCarrier extends AsyncDisposable {
  /** The most that one portion may hold: items, and bytes of their bodies as JSON. */
  readonly portion: { readonly items: number; readonly bytes: number }

  /** How long items are gathered before a portion that is not full is carried; at once where it is left out. */
  readonly everyMs?: number

  /** Carries items in order; answers once the receiver has said what came of them. */
  carry(items: readonly CarriedItem[], signal: AbortSignal): Promise<CarryResult>
}
