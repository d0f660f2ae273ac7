import type { StreamStatus, SubjectForm, TransmittedType } from "@tabard/control"
import type { Id, JsonObject } from "@tabard/core"
import type { Generated } from "kysely"
import type { Flag, JsonText } from "../columns.ts"
import type { Owned } from "./registry.ts"

export interface SignalStreamRow extends Owned {
  id: Id<"signalStream">
  name: string
  receiver: Id<"apiToken"> | null
  audience: string
  method: "push" | "poll"
  url: string | null
  requested: JsonText<readonly string[]>
  types: JsonText<readonly TransmittedType[]>
  form: SubjectForm
  everybody: Flag
  /** Empty where there is no header to carry, or the stream was removed. */
  sealed: Uint8Array | null
  status: StreamStatus
  reason: string | null
  revision: number
  made_by: Id<"user">
  made_at: number
  removed_at: number | null
  place: number
  due: number | null
  failures: number
  said: string | null
  delivered_at: number | null
  failed_at: number | null
  dropped: number
  refused: number
  verified_at: number | null
  troubled_since: number | null
  told: Flag
}

/** What a receiver said of one subject. */
export interface SignalSubjectRow extends Owned {
  stream: Id<"signalStream">
  subject: string
  told: Flag
}

export interface SignalSetRow extends Owned {
  number: Generated<number>
  jti: Id<"signal">
  stream: Id<"signalStream">
  claims: JsonText<JsonObject>
  control: Flag
  made_at: number
}

export interface SignalSourceRow extends Owned {
  id: Id<"signalSource">
  name: string
  issuer: string
  audience: string
  jwks_uri: string
  method: "push" | "poll"
  token_hash: string | null
  url: string | null
  sealed: Uint8Array | null
  state: "running" | "paused"
  revision: number
  made_by: Id<"user">
  made_at: number
  removed_at: number | null
  due: number | null
  failures: number
  said: string | null
  received_at: number | null
  received: number
  refused_at: number | null
  refused: number
  troubled_since: number | null
  told: Flag
}
