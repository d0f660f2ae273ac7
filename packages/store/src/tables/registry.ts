import type { ObservedKind, ScanResult } from "@tabard/control"
import type {
  AgentState,
  ArgumentRole,
  CredentialStorage,
  EffectClass,
  FactKind,
  Id,
  Json,
  JsonObject,
  Oversight,
  Role,
  TierName,
  UpstreamLaunch,
} from "@tabard/core"
import type { Flag, JsonText } from "../columns.ts"

/** What every row of an organisation begins with. */
export interface Owned {
  organisation: Id<"organisation">
}

/** The directory of organisations: the one table that stands above them. */
export interface OrganisationRow {
  id: Id<"organisation">
  slug: string
  name: string
  trust_domain: string
}

/** The version of all inputs to decisions. */
export interface DecisionInputRow extends Owned {
  version: number
}

/** A tier that mandates may name. */
export interface TierRow extends Owned {
  name: TierName
}

export interface UserRow extends Owned {
  id: Id<"user">
  name: string
  email: string
  email_key: string
  role: Role
  active: Flag
  created_at: number
  manager: Id<"user"> | null
  erased_at: number | null
  removed_at: number | null
}

export interface AgentRow extends Owned {
  id: Id<"agent">
  state: AgentState
  owner: Id<"user"> | null
  purpose: string | null
  tier: TierName | null
  mandate_expires_at: number | null
  proposed_by: Id<"user"> | null
  accepted_at: number | null
  oversight: Oversight | null
  approved_by: Id<"user"> | null
  created_at: number
  /** The agent that people said it is the same as; null in an agent of its own. */
  merged_into: Id<"agent"> | null
}

export interface FactRow extends Owned {
  subject: string
  name: string
  kind: FactKind
  source: string
  value: JsonText<Json>
  at: number
}

export interface ServerRow extends Owned {
  id: Id<"server">
  name: string
  launch: JsonText<UpstreamLaunch>
  registered_by: Id<"user">
  registered_at: number
}

export interface ToolVersionRow extends Owned {
  id: Id<"toolVersion">
  server: Id<"server">
  name: string
  digest: string
  definition: JsonText<JsonObject>
  effects: JsonText<readonly EffectClass[]>
  roles: JsonText<Readonly<Record<string, readonly ArgumentRole[]>>>
  pinned_at: number
  replaced_at: number | null
  reviewed_by: Id<"user"> | null
  review_reason: string | null
  corrected: Flag
}

export interface ScanRow extends Owned {
  id: Id<"scan">
  reporter: string
  roots: JsonText<readonly string[]>
  started_at: number
  finished_at: number
  unreadable: JsonText<readonly { readonly path: string; readonly reason: string }[]>
  coverage: JsonText<JsonObject>
  unfinished: Flag
  result: JsonText<ScanResult> | null
}

export interface ObservationRow extends Owned {
  reporter: string
  kind: ObservedKind
  key: string
  subject: string
  scan: Id<"scan">
  body: JsonText<JsonObject>
  first_seen: number
  last_seen: number
  machine: string | null
  digest: string | null
  vanished_at: number | null
}

export interface ObservedServerRow extends Owned {
  id: Id<"server">
  key: string
  name: string
  transport: string
  system: string | null
  capabilities: JsonText<readonly string[]>
  flags: JsonText<readonly string[]>
  first_seen: number
  last_seen: number
}

export interface CredentialRow extends Owned {
  id: Id<"credential">
  key: string
  kind: string
  provider: string | null
  stored_as: CredentialStorage
  fingerprint: string | null
  locations: JsonText<readonly string[]>
  first_seen: number
  last_seen: number
}

/** How risky an agent was from one moment on. */
export interface RiskScoreRow extends Owned {
  agent: Id<"agent">
  at: number
  score: number
  low: number
  high: number
  /** In hundredths of a point; null in rows from before the second step. */
  access_hundredths: number | null
  autonomy_hundredths: number | null
}

/** One thing that an agent was seen to use or hold. */
export interface AgentUseRow extends Owned {
  agent: Id<"agent">
  kind: "server" | "credential"
  target: Id<"server"> | Id<"credential">
}

/** One thing that an agent was seen to use or hold, by one sighting of it. */
export interface ObservedUseRow extends Owned {
  reporter: string
  key: string
  kind: "server" | "credential"
  target: Id<"server"> | Id<"credential">
}

/** What a person said a sighting belongs to, in place of what was believed. */
export interface CorrelationRow extends Owned {
  reporter: string
  key: string
  agent: Id<"agent">
  former: Id<"agent">
  said_by: Id<"user">
  reason: string
  at: number
}
