import type { Id } from "@tabard/core"
import type { SignalTrouble } from "./signal-stream-store.ts"

/** How a source's signals come here: it pushes with a token of ours, or we ask at its address. */
export type SourceDelivery =
  | { readonly method: "push"; readonly tokenHash: string }
  | { readonly method: "poll"; readonly url: string }

/** A transmitter whose signals are acted upon. What we prove ourselves to it with is sealed. */
export interface SignalSource {
  readonly id: Id<"signalSource">
  readonly name: string
  /** The `iss` of its tokens, and the `aud` that names us. */
  readonly issuer: string
  readonly audience: string
  readonly jwksUri: string
  readonly delivery: SourceDelivery
  readonly sealed: Uint8Array | null
  readonly state: "running" | "paused"
  /** Raised by each change. */
  readonly revision: number
  readonly madeBy: Id<"user">
  readonly madeAt: Date
}

/** What of a source can be changed. */
export type SourceChange = Pick<
  SignalSource,
  "name" | "issuer" | "audience" | "jwksUri" | "delivery" | "sealed" | "state"
>

/** How a source does. */
export interface SourceProgress extends SignalTrouble {
  readonly source: Id<"signalSource">
  readonly due: Date | null
  /** How many times in a row it could not be asked. */
  readonly failures: number
  readonly said: string | null
  readonly receivedAt: Date | null
  readonly received: number
  readonly refusedAt: Date | null
  readonly refused: number
}

/** What came of hearing a source. */
export type SourceNews =
  | { readonly kind: "received" | "answered"; readonly at: Date }
  | { readonly kind: "refused"; readonly at: Date; readonly said: string }
  | {
      readonly kind: "failed"
      readonly at: Date
      readonly due: Date
      readonly said: string
      /** Whether the record tells of the trouble by now. */
      readonly told: boolean
    }

/** Keeps sources of signals. Each sentence below is a test in signal-source-store.contract.ts. */
export interface SignalSourceStore {
  /** Rejects where the id is taken. */
  insert(source: SignalSource): Promise<void>

  /** Answers undefined where there is none or it was removed. */
  find(id: Id<"signalSource">): Promise<SignalSource | undefined>

  /** Answers the sources that are not removed, the oldest first. */
  list(): Promise<readonly SignalSource[]>

  /** Changes a source that still has this revision, and raises it; of any number of calls exactly one answers true. */
  change(source: Pick<SignalSource, "id" | "revision">, to: SourceChange): Promise<boolean>

  /** Removes a source with what it sealed; of any number of calls exactly one answers true. */
  remove(id: Id<"signalSource">, at: Date): Promise<boolean>

  /** Answers how the sources do that are not removed. */
  progress(): Promise<readonly SourceProgress[]>

  /** Takes a source up to ask it until a time; answers false where it is to be left alone or somebody asks it. */
  claim(id: Id<"signalSource">, now: Date, until: Date): Promise<boolean>

  /** Keeps what came of hearing a source; one that answered may be asked again at once, which ends its troubles, any other when `due` says. */
  hear(id: Id<"signalSource">, news: SourceNews): Promise<void>
}
