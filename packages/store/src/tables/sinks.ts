import type { Id, JsonObject, SinkChoice, SinkContent, SinkKind } from "@tabard/core"
import type { Flag, JsonText } from "../columns.ts"
import type { Owned } from "./registry.ts"

export interface SinkRow extends Owned {
  id: Id<"sink">
  kind: SinkKind
  name: string
  content: SinkContent
  settings: JsonText<JsonObject>
  /** Empty exactly where the sink was removed. */
  sealed: Uint8Array | null
  choice: JsonText<SinkChoice>
  checkpoints: Flag
  state: "running" | "paused"
  revision: number
  made_by: Id<"user">
  made_at: number
  removed_at: number | null
}

export interface SinkProgressRow extends Owned {
  sink: Id<"sink">
  place: number
  reached: number
  checkpoint: number
  checkpoint_at: number | null
  standing: "well" | "later" | "held"
  failures: number
  due: number | null
  said: string | null
  troubled_since: number | null
  told: Flag
  succeeded_at: number | null
  failed_at: number | null
}

/** What was carried in one hour. */
export interface SinkPaceRow extends Owned {
  sink: Id<"sink">
  hour: number
  entries: number
  late: number
}

export interface DeadLetterRow extends Owned {
  id: Id<"deadLetter">
  sink: Id<"sink">
  item: string
  type: string
  place: number
  note: string | null
  reason: string
  at: number
  tries: number
  again: Flag
}
