import type { EffectClass, Id } from "@tabard/core"
import type { JsonText } from "../columns.ts"
import type { Owned } from "./registry.ts"

export interface DelegationRow extends Owned {
  id: Id<"delegation">
  from_agent: Id<"agent">
  to_agent: Id<"agent">
  scope: JsonText<readonly EffectClass[]> | null
  allowed_by: Id<"user">
  allowed_at: number
  expires_at: number | null
  withdrawn_at: number | null
}

export interface TokenAncestorRow extends Owned {
  /** A token's jti, or the id of a permission to delegate. */
  ancestor: string
  jti: string
  expires_at: number
}
