import { z } from "zod"

/** A kind of signal that streams carry, by the name that CAEP and RISC give it. */
export type SignalKind =
  | "session-revoked"
  | "credential-change"
  | "risk-level-change"
  | "account-disabled"
  | "account-enabled"

/** What streams of signals can carry. */
export const SIGNAL_KINDS: readonly SignalKind[] = [
  "session-revoked",
  "credential-change",
  "risk-level-change",
  "account-disabled",
  "account-enabled",
]

/** A receiver that is told of what happens to agents, with how it does; nothing that is secret. */
export interface SignalStreamView {
  readonly id: string
  readonly name: string
  readonly method: "push" | "poll"
  /** Where it is pushed to, or fetched from. */
  readonly url: string
  readonly audience: string
  readonly types: readonly SignalKind[]
  /** How agents are named to it (RFC 9493). */
  readonly form: "uri" | "iss_sub"
  /** The API token that manages it as its receiver. */
  readonly receiver: { readonly id: string; readonly purpose: string } | null
  readonly status: "enabled" | "paused" | "disabled"
  readonly reason: string | null
  readonly madeAt: string
  /** How many signals wait, and since when the oldest does. */
  readonly waiting: number
  readonly waitingSince: string | null
  readonly deliveredAt: string | null
  readonly failedAt: string | null
  /** How many tries in a row failed, why the last did, and when the next one comes. */
  readonly failures: number
  readonly said: string | null
  readonly nextTryAt: string | null
  /** How many were not kept because too many waited, and how many the receiver would not have. */
  readonly dropped: number
  readonly refused: number
}

const time = z.string().nullable()

export const SignalStreamView: z.ZodType<SignalStreamView> = z.object({
  id: z.string(),
  name: z.string(),
  method: z.enum(["push", "poll"]),
  url: z.string(),
  audience: z.string(),
  types: z.array(z.enum(SIGNAL_KINDS)),
  form: z.enum(["uri", "iss_sub"]),
  receiver: z.object({ id: z.string(), purpose: z.string() }).nullable(),
  status: z.enum(["enabled", "paused", "disabled"]),
  reason: z.string().nullable(),
  madeAt: z.string(),
  waiting: z.number(),
  waitingSince: time,
  deliveredAt: time,
  failedAt: time,
  failures: z.number(),
  said: z.string().nullable(),
  nextTryAt: time,
  dropped: z.number(),
  refused: z.number(),
})

/** A transmitter whose signals are acted upon, with how it does; nothing that is secret. */
export interface SignalSourceView {
  readonly id: string
  readonly name: string
  readonly issuer: string
  readonly audience: string
  readonly jwksUri: string
  readonly method: "push" | "poll"
  /** Where it pushes to, or is asked at. */
  readonly url: string
  readonly state: "running" | "paused"
  readonly madeAt: string
  readonly received: number
  readonly receivedAt: string | null
  /** How much of what it sent was not believed. */
  readonly refused: number
  readonly refusedAt: string | null
  readonly failures: number
  readonly said: string | null
  readonly nextTryAt: string | null
}

const source = {
  id: z.string(),
  name: z.string(),
  issuer: z.string(),
  audience: z.string(),
  jwksUri: z.string(),
  method: z.enum(["push", "poll"]),
  url: z.string(),
  state: z.enum(["running", "paused"]),
  madeAt: z.string(),
  received: z.number(),
  receivedAt: time,
  refused: z.number(),
  refusedAt: time,
  failures: z.number(),
  said: z.string().nullable(),
  nextTryAt: time,
}

export const SignalSourceView: z.ZodType<SignalSourceView> = z.object(source)

/** A source as it is made: `token` is what it pushes with, shown this once. */
export interface ShownSignalSourceView extends SignalSourceView {
  readonly token: string | null
}

export const ShownSignalSourceView: z.ZodType<ShownSignalSourceView> = z.object({
  ...source,
  token: z.string().nullable(),
})
