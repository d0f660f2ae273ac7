import type { JsonObject, SinkContent } from "@tabard/core"
import type { LoggedEntry } from "./sink-carrier.ts"

/** A checkpoint that was published, as it goes to receivers: a copy of it elsewhere is what makes a rewritten log evident. */
export interface CarriedCheckpoint {
  readonly origin: string
  readonly size: number
  /** Base64. */
  readonly root: string
  /** The signed note, whole. */
  readonly note: string
  readonly publishedAt: Date
}

/** Puts what is carried into a sink's content. */
export interface SinkContents {
  entry(content: SinkContent, entry: LoggedEntry): JsonObject
  checkpoint(content: SinkContent, checkpoint: CarriedCheckpoint): JsonObject
}
