import type { Id, JsonObject, SinkChoice, SinkContent, SinkKind } from "@tabard/core"

/** Whether a sink carries what comes, or waits where it is. */
export type SinkState = "running" | "paused"

/** Where the record is exported to. Its secrets are sealed: nothing that is shown or recorded tells them. */
export interface Sink {
  readonly id: Id<"sink">
  readonly kind: SinkKind
  readonly name: string
  readonly content: SinkContent
  /** Where the receiver is and how it is spoken to, as the kind demands. */
  readonly settings: JsonObject
  readonly sealed: Uint8Array
  readonly choice: SinkChoice
  /** Whether checkpoints are carried too: a copy of them that the operator of the log cannot take back. */
  readonly checkpoints: boolean
  readonly state: SinkState
  /** Raised by each change. */
  readonly revision: number
  readonly madeBy: Id<"user">
  readonly madeAt: Date
}

/** What of a sink can be changed. */
export type SinkChange = Pick<
  Sink,
  "name" | "content" | "settings" | "sealed" | "choice" | "checkpoints" | "state"
>

/** Keeps sinks. Each sentence below is a test in sink-store.contract.ts. */
export interface SinkStore {
  /** Rejects where the id is taken. */
  insert(sink: Sink): Promise<void>

  /** Answers undefined where there is none or it was removed. */
  find(id: Id<"sink">): Promise<Sink | undefined>

  /** Answers the sinks that are not removed, the oldest first. */
  list(): Promise<readonly Sink[]>

  /** Changes a sink that still has this revision, and raises it; of any number of calls exactly one answers true. */
  change(sink: Pick<Sink, "id" | "revision">, to: SinkChange): Promise<boolean>

  /** Removes a sink, what it sealed with it; of any number of calls exactly one answers true. */
  remove(id: Id<"sink">, at: Date): Promise<boolean>
}
