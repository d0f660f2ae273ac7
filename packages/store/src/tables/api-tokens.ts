import type { Id, Role } from "@tabard/core"
import type { JsonText } from "../columns.ts"
import type { Owned } from "./registry.ts"

export interface ApiTokenRow extends Owned {
  id: Id<"apiToken">
  token_hash: string
  fingerprint: string | null
  purpose: string
  role: Role
  scopes: JsonText<readonly string[]>
  made_by: Id<"user">
  made_at: number
  expires_at: number
  last_used_at: number | null
  revoked_by: Id<"user"> | null
  revoked_at: number | null
}
