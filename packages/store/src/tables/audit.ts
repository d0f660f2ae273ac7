import type { Effect, Id, Json } from "@tabard/core"
import type { Generated } from "kysely"
import type { Flag, JsonText } from "../columns.ts"
import type { Owned } from "./registry.ts"

export interface EventRow extends Owned {
  /** The order in which events were kept; ids of one millisecond have none. */
  arrival: Generated<number>
  id: Id<"event">
  type: string
  at: number
  agent: Id<"agent"> | null
  task: Id<"task"> | null
  call: Id<"call"> | null
  bytes: Uint8Array
  place: number | null
  actor_user: Id<"user"> | null
  owner_user: Id<"user"> | null
  served_user: Id<"user"> | null
  named_user: Id<"user"> | null
  tool: string | null
  server: string | null
  effect: Effect | null
  /** Null until the columns above say what the bytes do. */
  marked: 1 | null
}

export interface EventValueRow extends Owned {
  event: Id<"event">
  field: string
  salt: Uint8Array
  value: JsonText<Json>
  class: "bulky" | "personal"
  person: Id<"user"> | null
  erasable: Flag
}

export interface LogStateRow extends Owned {
  generation: number
  base: number
  origin: string
  sequenced: number
  integrated: number
  root: string
  published: number
  checkpoint: string | null
}

export interface LogGenerationRow extends Owned {
  number: number
  origin: string
  base: number
  verifier_key: string
  started_at: number
  ended_at: number | null
  last_checkpoint: string | null
  collected: Generated<number>
}

export interface LogRotationRow extends Owned {
  asked_by: Id<"user">
  via: Id<"apiToken"> | null
  reason: string
  abandon: Flag
  asked_at: number
}

export interface LogCheckpointRow extends Owned {
  generation: number
  size: number
  root: string
  note: string
  published_at: number
  cosigned_at: number | null
}

export interface RetentionRow extends Owned {
  months: number | null
  reason: string
  set_by: Id<"user">
  set_at: number
}

export interface LogPruningRow extends Owned {
  generation: number
  minimum: number
  cleared: number
  raised_at: number
}

export interface LogFaultRow extends Owned {
  kind: "failing" | "tampered"
  since: number
}

export interface LeaseRow extends Owned {
  job: string
  holder: string | null
  fence: number
  expires_at: number
}
