import type { Id, PublicJwk, TierName } from "@tabard/core"
import type { Flag, JsonText } from "../columns.ts"
import type { Owned } from "./registry.ts"

export interface ClientRow extends Owned {
  id: Id<"client">
  name: string
  redirect_uris: JsonText<readonly string[]>
  keys: JsonText<readonly PublicJwk[]>
  created_by: Id<"user"> | null
  created_at: number
  removed_at: number | null
}

export interface ClientRuleRow extends Owned {
  id: Id<"clientRule">
  match: string
  purpose: string
  tier: TierName
  days: number
  created_by: Id<"user">
  created_at: number
  removed_at: number | null
}

export interface ClientGrantRow extends Owned {
  id: Id<"clientGrant">
  user: Id<"user">
  client: string
  name: string
  agent: Id<"agent">
  instance: Id<"instance"> | null
  asked_at: number
  agreed_at: number | null
  ended_at: number | null
  signed_out: Flag
}
