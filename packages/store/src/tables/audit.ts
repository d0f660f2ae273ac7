import type { Id } from "@tabard/core"
import type { Generated } from "kysely"
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
}

export interface LogStateRow extends Owned {
  origin: string
  sequenced: number
  integrated: number
  root: string
  published: number
  checkpoint: string | null
}

export interface LeaseRow extends Owned {
  job: string
  holder: string | null
  fence: number
  expires_at: number
}
