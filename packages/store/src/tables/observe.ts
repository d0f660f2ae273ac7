import type { ObservedCircumstances } from "@tabard/control"
import type { Effect, Id, JsonObject } from "@tabard/core"
import type { JsonText } from "../columns.ts"
import type { Owned } from "./registry.ts"

export interface ObservePeriodRow extends Owned {
  agent: Id<"agent">
  started_at: number
  started_by: Id<"user">
  reason: string
  environment: string
  ends_at: number
  ended_at: number | null
  ended_by: Id<"user"> | null
  calls: number
  warned_at: number | null
}

export interface ObservedCallRow extends Owned {
  decision: Id<"decision">
  agent: Id<"agent">
  at: number
  server: Id<"server">
  tool: string
  digest: string
  effect: Effect
  code: string
  reasons: JsonText<readonly string[]>
  others: Effect
  arguments: JsonText<JsonObject> | null
  withheld: JsonText<readonly string[]>
  circumstances: JsonText<ObservedCircumstances>
}

export interface RehearsalRow extends Owned {
  agent: Id<"agent">
  tier: string
  bounds: string
  tools: JsonText<Readonly<Record<string, string>>>
  calls: number
  recorded_at: number
  recorded_by: Id<"user">
}
