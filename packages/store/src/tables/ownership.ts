import type { Id, OfferState, Terms } from "@tabard/core"
import type { JsonText } from "../columns.ts"
import type { Owned } from "./registry.ts"

/** Terms as their column holds them. */
export type KeptTerms = Omit<Terms, "expiresAt"> & { readonly expiresAt: number }

export interface OwnershipOfferRow extends Owned {
  id: Id<"offer">
  agent: Id<"agent">
  to_user: Id<"user">
  offered_by: Id<"user">
  note: string | null
  terms: JsonText<KeptTerms> | null
  offered_at: number
  expires_at: number
  state: OfferState["kind"]
  ended_at: number | null
}

export interface MaintainerRow extends Owned {
  agent: Id<"agent">
  user: Id<"user">
  added_by: Id<"user">
  added_at: number
}

/** How people may come in besides invitations, one row an organisation. */
export interface SignInSettingsRow extends Owned {
  domains: JsonText<readonly string[]>
}

/** What an organisation has settled for itself, one row an organisation. */
export interface SettingsRow extends Owned {
  grace_days: number
  /** Null, as each below, where it was never settled. */
  warn_days: JsonText<readonly number[]> | null
  idle_days: number | null
  leaver_grace_days: number | null
  delegation_depth: number
  widened_by_another: number
}
