import { z } from "zod"
import { readers, stewards } from "./access-groups.ts"
import { ById, Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post } from "./operation-makers.ts"
import { type Page, Paged, type PageQuery } from "./paging.ts"
import {
  ShownSignalSourceView,
  SIGNAL_KINDS,
  type SignalKind,
  SignalSourceView,
  SignalStreamView,
} from "./views/signal.ts"

const Name = z.string().trim().min(1).max(200)
const Address = z.string().min(1).max(2_000)
const Header = z
  .string()
  .min(1)
  .max(4_000)
  .regex(/^[\x20-\x7e]+$/, "the value of an Authorization header")

/** A new stream to a receiver. */
export interface SignalStreamInput {
  readonly name: string
  readonly types: readonly SignalKind[]
  readonly form: "uri" | "iss_sub"
  readonly delivery:
    | { readonly method: "push"; readonly url: string; readonly authorization?: string | undefined }
    | { readonly method: "poll" }
  /** What the receiver is called in our tokens; a name of ours where nobody says. */
  readonly audience?: string | undefined
  /** The API token, with the scope ssf.manage, by which the receiver manages and fetches it. */
  readonly receiver?: string | undefined
}

export const SignalStreamInput: z.ZodType<SignalStreamInput> = z.strictObject({
  name: Name,
  types: z.array(z.enum(SIGNAL_KINDS)).min(1).max(SIGNAL_KINDS.length),
  form: z.enum(["uri", "iss_sub"]),
  delivery: z.discriminatedUnion("method", [
    z.strictObject({ method: z.literal("push"), url: Address, authorization: Header.optional() }),
    z.strictObject({ method: z.literal("poll") }),
  ]),
  audience: Address.optional(),
  receiver: z.string().min(1).max(80).optional(),
})

/** Whether a stream delivers, holds what comes, or neither. */
export interface SignalStreamStatusInput extends ById {
  readonly status: "enabled" | "paused" | "disabled"
}

const SignalStreamStatusInput: z.ZodType<SignalStreamStatusInput> = z.strictObject({
  id: z.string().min(1).max(80),
  status: z.enum(["enabled", "paused", "disabled"]),
})

/** By which API token a stream's receiver manages it from now on; null for none. */
export interface SignalStreamReceiverInput extends ById {
  readonly receiver: string | null
}

const SignalStreamReceiverInput: z.ZodType<SignalStreamReceiverInput> = z.strictObject({
  id: z.string().min(1).max(80),
  receiver: z.string().min(1).max(80).nullable(),
})

/** A new source of signals. */
export interface SignalSourceInput {
  readonly name: string
  readonly issuer: string
  readonly audience: string
  readonly jwksUri: string
  readonly delivery:
    | { readonly method: "push" }
    | { readonly method: "poll"; readonly url: string; readonly authorization?: string | undefined }
}

export const SignalSourceInput: z.ZodType<SignalSourceInput> = z.strictObject({
  name: Name,
  issuer: Address,
  audience: Address,
  jwksUri: Address,
  delivery: z.discriminatedUnion("method", [
    z.strictObject({ method: z.literal("push") }),
    z.strictObject({ method: z.literal("poll"), url: Address, authorization: Header.optional() }),
  ]),
})

/** Whether a source is heard. */
export interface SignalSourceStateInput extends ById {
  readonly state: "running" | "paused"
}

const SignalSourceStateInput: z.ZodType<SignalSourceStateInput> = z.strictObject({
  id: z.string().min(1).max(80),
  state: z.enum(["running", "paused"]),
})

/** Signals that others are told (SSF 1.0, CAEP, RISC), and that are heard of others. */
export interface SignalOperations {
  readonly listSignalStreams: Operation<PageQuery, Page<SignalStreamView>>
  readonly getSignalStream: Operation<ById, SignalStreamView>
  readonly makeSignalStream: Operation<SignalStreamInput, SignalStreamView>
  readonly setSignalStreamStatus: Operation<SignalStreamStatusInput, SignalStreamView>
  readonly setSignalStreamReceiver: Operation<SignalStreamReceiverInput, SignalStreamView>
  readonly verifySignalStream: Operation<ById, Nothing>
  readonly removeSignalStream: Operation<ById, Nothing>
  readonly listSignalSources: Operation<PageQuery, Page<SignalSourceView>>
  readonly getSignalSource: Operation<ById, SignalSourceView>
  readonly makeSignalSource: Operation<SignalSourceInput, ShownSignalSourceView>
  readonly setSignalSourceState: Operation<SignalSourceStateInput, SignalSourceView>
  readonly removeSignalSource: Operation<ById, Nothing>
}

export const SIGNAL_OPERATIONS: SignalOperations = {
  listSignalStreams: list(
    "/signal-streams",
    readers,
    "Who is told signals, and how each does",
    Paged,
    SignalStreamView,
  ),
  getSignalStream: get("/signal-streams/:id", readers, "One stream of signals", ById, SignalStreamView),
  makeSignalStream: post(
    "/signal-streams",
    stewards,
    "Has a receiver be told signals from now on",
    SignalStreamInput,
    SignalStreamView,
  ),
  setSignalStreamStatus: post(
    "/signal-streams/:id/status",
    stewards,
    "Has a stream deliver, hold what comes, or neither",
    SignalStreamStatusInput,
    SignalStreamView,
  ),
  setSignalStreamReceiver: post(
    "/signal-streams/:id/receiver",
    stewards,
    "Says by which API token a stream's receiver manages it",
    SignalStreamReceiverInput,
    SignalStreamView,
  ),
  verifySignalStream: post(
    "/signal-streams/:id/verification",
    stewards,
    "Puts a verification event into a stream",
    ById,
    Nothing,
  ),
  removeSignalStream: post(
    "/signal-streams/:id/removal",
    stewards,
    "Removes a stream with what waits in it",
    ById,
    Nothing,
  ),
  listSignalSources: list(
    "/signal-sources",
    readers,
    "Whose signals are acted upon, and how each does",
    Paged,
    SignalSourceView,
  ),
  getSignalSource: get("/signal-sources/:id", readers, "One source of signals", ById, SignalSourceView),
  makeSignalSource: post(
    "/signal-sources",
    stewards,
    "Has a transmitter's signals be acted upon; the token that it pushes with is answered this once",
    SignalSourceInput,
    ShownSignalSourceView,
  ),
  setSignalSourceState: post(
    "/signal-sources/:id/state",
    stewards,
    "Has a source be heard, or not for now",
    SignalSourceStateInput,
    SignalSourceView,
  ),
  removeSignalSource: post(
    "/signal-sources/:id/removal",
    stewards,
    "Has nothing that a source says be acted upon any more",
    ById,
    Nothing,
  ),
}
