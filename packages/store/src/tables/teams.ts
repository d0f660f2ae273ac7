import type { Id, TeamKeeper } from "@tabard/core"
import type { Flag } from "../columns.ts"
import type { Owned } from "./registry.ts"

export interface TeamRow extends Owned {
  id: Id<"team">
  name: string
  /** The name without regard to case, which is not left to the databases: they fold differently. */
  name_key: string
  external_name: string | null
  /** A program from before SCIM takes what SCIM keeps for what people keep. */
  kept_by: Exclude<TeamKeeper, "scim">
  kept_by_scim: Flag
  lead: Id<"user"> | null
  created_at: number
}

export interface TeamMemberRow extends Owned {
  team: Id<"team">
  user: Id<"user">
  joined_at: number
}

export interface MaintainingTeamRow extends Owned {
  agent: Id<"agent">
  team: Id<"team">
  added_by: Id<"user">
  added_at: number
}
