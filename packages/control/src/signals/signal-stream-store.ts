import type { Id, JsonObject } from "@tabard/core"
import type { TransmittedType } from "./signal-types.ts"

/** How a stream's signals come to their receiver (RFC 8935, RFC 8936). */
export type SignalDelivery = { readonly method: "push"; readonly url: string } | { readonly method: "poll" }

/** Whether a stream delivers, holds what comes, or neither (SSF 1.0 §8.1.2). */
export type StreamStatus = "enabled" | "paused" | "disabled"

/** How an agent is named to a receiver (RFC 9493): by its SPIFFE URI, or by that as a subject of our issuer. */
export type SubjectForm = "uri" | "iss_sub"

/** Signals that one receiver is told. The header that a push carries is sealed. */
export interface SignalStream {
  readonly id: Id<"signalStream">
  readonly name: string
  /** The API token that manages it as its receiver; null where administrators alone do. */
  readonly receiver: Id<"apiToken"> | null
  readonly audience: string
  readonly delivery: SignalDelivery
  /** What the receiver asked for, known here or not. */
  readonly requested: readonly string[]
  readonly types: readonly TransmittedType[]
  readonly form: SubjectForm
  /** Whether everybody is told of but who was taken out, or nobody but who was added. */
  readonly everybody: boolean
  readonly sealed: Uint8Array | null
  readonly status: StreamStatus
  readonly reason: string | null
  /** Raised by each change. */
  readonly revision: number
  readonly madeBy: Id<"user">
  readonly madeAt: Date
}

/** What of a stream can be changed. */
export type StreamChange = Pick<
  SignalStream,
  | "name"
  | "receiver"
  | "delivery"
  | "requested"
  | "types"
  | "form"
  | "everybody"
  | "sealed"
  | "status"
  | "reason"
>

/** Since when nothing went although it was tried, and whether the record tells of it already. */
export interface SignalTrouble {
  /** Null where all is well. */
  readonly troubledSince: Date | null
  readonly told: boolean
}

/** How far a stream has come, and how it does. */
export interface StreamProgress extends SignalTrouble {
  readonly stream: Id<"signalStream">
  /** The place in the log of the next event to look at. */
  readonly place: number
  /** Until when its receiver is left alone. */
  readonly due: Date | null
  /** How many tries in a row failed. */
  readonly failures: number
  readonly said: string | null
  readonly deliveredAt: Date | null
  readonly failedAt: Date | null
  /** How many signals were not kept because too many waited. */
  readonly dropped: number
  /** How many signals the receiver would not have. */
  readonly refused: number
  readonly waiting: number
  readonly waitingSince: Date | null
}

/** Where a stream is, without what waits in it being counted. */
export type StreamPlace = Pick<StreamProgress, "stream" | "place" | "due" | "failures" | keyof SignalTrouble>

/** A signal on its way: what its token says, but for the signature. */
export interface OutgoingSet {
  readonly jti: Id<"signal">
  readonly stream: Id<"signalStream">
  readonly claims: JsonObject
  /** Whether it is about the stream itself: delivered first, whatever the status. */
  readonly control: boolean
  readonly madeAt: Date
}

/** What came of trying to deliver. */
export type DeliverySettlement =
  | { readonly kind: "delivered"; readonly at: Date }
  | {
      readonly kind: "failed"
      readonly at: Date
      readonly due: Date
      readonly said: string
      /** Whether the record tells of the trouble by now. */
      readonly told: boolean
    }

/** Keeps streams. Each sentence below is a test in signal-stream-store.contract.ts. */
export interface SignalStreamStore {
  /** Keeps a stream that begins at a place of the log. Rejects where the id is taken. */
  insert(stream: SignalStream, place: number): Promise<void>

  /** Answers undefined where there is none or it was removed. */
  find(id: Id<"signalStream">): Promise<SignalStream | undefined>

  /** Answers the streams that are not removed, the oldest first. */
  list(): Promise<readonly SignalStream[]>

  /** Changes a stream that still has this revision, and raises it; of any number of calls exactly one answers true. */
  change(stream: Pick<SignalStream, "id" | "revision">, to: StreamChange): Promise<boolean>

  /** Removes a stream with its header, subjects and waiting signals; of any number of calls exactly one answers true. */
  remove(id: Id<"signalStream">, at: Date): Promise<boolean>

  /** Answers where the streams are that are not removed: it is asked often, and counts nothing. */
  places(): Promise<readonly StreamPlace[]>

  /** Answers how the streams do that are not removed. */
  progress(): Promise<readonly StreamProgress[]>

  /** Moves a stream's place that is still at `from`; of any number of callers exactly one answers true. */
  step(id: Id<"signalStream">, from: number, to: number): Promise<boolean>

  /** Takes a stream up for delivery until a time; answers false where its receiver is to be left alone or somebody has it. */
  claim(id: Id<"signalStream">, now: Date, until: Date): Promise<boolean>

  /** Says what came of a delivery, and when the receiver may be tried again: at once where it took something, which ends its troubles. */
  settle(id: Id<"signalStream">, settlement: DeliverySettlement): Promise<void>

  /** Has a receiver tried at once. */
  wake(id: Id<"signalStream">): Promise<void>

  /** Counts signals that were not kept, and such as the receiver would not have. */
  count(id: Id<"signalStream">, lost: { readonly dropped?: number; readonly refused?: number }): Promise<void>

  /** Takes the turn to verify where none was taken since `since`; of any number of callers exactly one answers true. */
  takeVerification(id: Id<"signalStream">, now: Date, since: Date): Promise<boolean>

  /** Says whether a stream is to tell of a subject, in place of what was said of it before. */
  putSubject(id: Id<"signalStream">, subject: string, told: boolean): Promise<void>

  /** Answers what was said of these subjects, and how many have been said of in all. */
  subjects(
    id: Id<"signalStream">,
    among: readonly string[],
  ): Promise<{ readonly told: ReadonlyMap<string, boolean>; readonly many: number }>
}

/** Keeps signals until their receivers have them. Each sentence below is a test in signal-set-store.contract.ts. */
export interface SignalSetStore {
  /** Keeps signals on their way. Rejects where an id is taken. */
  addAll(sets: readonly OutgoingSet[]): Promise<void>

  /** Answers what waits for a stream: of the stream itself first, then in the order of the ids; or of the stream itself alone. */
  waiting(
    stream: Id<"signalStream">,
    query: { readonly limit: number; readonly control?: boolean },
  ): Promise<readonly OutgoingSet[]>

  /** Answers how many wait for a stream. */
  countWaiting(stream: Id<"signalStream">): Promise<number>

  /** Forgets signals of a stream; answers how many there were. */
  drop(stream: Id<"signalStream">, jtis: readonly string[]): Promise<number>

  /** Forgets what waits for a stream, but what is of the stream itself; answers how many. */
  clear(stream: Id<"signalStream">): Promise<number>
}
