import type { Id, KeySource, TokenCondition, TrustCondition, TrustFields, TrustForm } from "@tabard/core"
import type { Flag, JsonText } from "../columns.ts"
import type { Owned } from "./registry.ts"

export interface TrustRuleRow extends Owned {
  id: Id<"trustRule">
  agent: Id<"agent">
  instance: Id<"instance">
  name: string
  form: TrustForm
  fields: JsonText<TrustFields>
  issuer: string
  audience: string
  keys: JsonText<KeySource>
  conditions: JsonText<readonly TrustCondition[]>
  one_time: Flag
  max_life: number
  counts: JsonText<TokenCondition>
  made_by: Id<"user">
  made_at: number
  removed_at: number | null
}
