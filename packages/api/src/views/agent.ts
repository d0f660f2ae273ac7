import {
  AGENT_STATES,
  type AgentState,
  AUTONOMY_LEVELS,
  type AutonomyLevel,
  CATEGORIES,
  type Category,
  CREDENTIAL_STORAGES,
  DATA_CLASSES,
  type DataClass,
  ENVIRONMENTS,
  type Environment,
  type Oversight,
  type TierName,
} from "@tabard/core"
import { z } from "zod"
import { AgentRef, TeamRef } from "./directory.ts"
import { FindingView } from "./finding.ts"
import { InstanceView } from "./instance.ts"
import { ManifestView } from "./manifest.ts"
import { OfferView } from "./ownership.ts"
import { PersonView } from "./person.ts"
import { RiskSummary, RiskView } from "./risk.ts"
import { TaskView } from "./task.ts"

/** One row of the inventory. */
export interface AgentSummary {
  readonly id: string
  readonly name: string
  /** Null where neither a scan nor a person has said. */
  readonly category: Category | null
  /** The client's id in the knowledge pack, e.g. `claude-code`. */
  readonly client: string | null
  readonly state: AgentState
  /** Null is orphaned. */
  readonly owner: PersonView | null
  readonly tier: TierName | null
  /** What it is for: its mandate's word or, before there is a mandate, what people say. */
  readonly purpose: string | null
  /** Whether no active person owns it, though somebody should. */
  readonly orphaned: boolean
  /** Whether it was found and then left: discovered, and past the grace period. */
  readonly shadow: boolean
  /** Whether a person entered it, rather than a scan having seen it first. */
  readonly byHand: boolean
  readonly environment: Environment | null
  readonly dataClasses: readonly DataClass[]
  /** The day by which it is to be looked at again. */
  readonly nextReview: string | null
  readonly expiresAt: string | null
  readonly autonomy: AutonomyLevel
  /** Null where it was never scored, or is no agent any more. */
  readonly risk: RiskSummary | null
  /** What its score is the product of, 0 to 10 each; null where they were not kept. */
  readonly sides: { readonly access: number; readonly autonomy: number } | null
  readonly servers: number
  /** How many credentials it holds, and how many of them lie about in plain text. */
  readonly credentials: number
  readonly plaintextCredentials: number
  /** The folder it was last seen in, which tells two agents of one name apart; null where no scan saw it. */
  readonly place: string | null
  /** What people call the reporter that saw it last, which tells two machines with the same folders apart. */
  readonly reporterName: string | null
  readonly lastSeen: string | null
  /** When the last of its sightings vanished; null while any is there, and where none ever was. */
  readonly vanishedAt: string | null
}

const summary = {
  id: z.string(),
  name: z.string(),
  category: z.enum(CATEGORIES).nullable(),
  client: z.string().nullable(),
  state: z.enum(AGENT_STATES),
  owner: PersonView.nullable(),
  tier: z.string().nullable(),
  purpose: z.string().nullable(),
  orphaned: z.boolean(),
  shadow: z.boolean(),
  byHand: z.boolean(),
  environment: z.enum(ENVIRONMENTS).nullable(),
  dataClasses: z.array(z.enum(DATA_CLASSES)),
  nextReview: z.string().nullable(),
  expiresAt: z.string().nullable(),
  autonomy: z.enum(AUTONOMY_LEVELS),
  risk: RiskSummary.nullable(),
  sides: z.object({ access: z.number(), autonomy: z.number() }).nullable(),
  servers: z.number(),
  credentials: z.number(),
  plaintextCredentials: z.number(),
  place: z.string().nullable(),
  reporterName: z.string().nullable(),
  lastSeen: z.string().nullable(),
  vanishedAt: z.string().nullable(),
}

export const AgentSummary: z.ZodType<AgentSummary> = z.object(summary)

/** One statement about an agent, and whether it is the one that holds. */
export interface FactView {
  readonly name: string
  readonly value: unknown
  readonly kind: "observed" | "declared" | "overridden"
  readonly source: string
  readonly at: string
  readonly effective: boolean
}

/** Where an agent was seen. */
export interface SightingView {
  readonly reporter: string
  /** What people call the reporter. */
  readonly reporterName: string
  /** Whether the reporter was revoked since: it is its last word. */
  readonly reporterRevoked: boolean
  /** With the reporter, what names the sighting where it is split off. */
  readonly key: string
  readonly locations: readonly { readonly path: string; readonly line: number | null }[]
  readonly evidence: readonly string[]
  readonly firstSeen: string
  readonly lastSeen: string
  readonly vanishedAt: string | null
  /** The person who said that it belongs to this agent; null where the inventory took it so by itself. */
  readonly placedBy: { readonly person: PersonView; readonly at: string; readonly reason: string } | null
}

/** An MCP server that the agent was seen to use. */
export interface SeenServerView {
  readonly id: string
  readonly name: string
  readonly transport: string
  readonly system: string | null
  readonly capabilities: readonly string[]
  readonly flags: readonly string[]
}

/** A credential that the agent was seen to hold. */
export interface SeenCredentialView {
  readonly id: string
  readonly kind: string
  readonly provider: string | null
  readonly storedAs: "plaintext" | "env-reference" | "keychain" | "helper"
  readonly fingerprint: string | null
  readonly locations: readonly string[]
}

/** A live token of the agent. */
export interface TokenView {
  readonly jti: string
  readonly instance: string
  readonly task: string | null
  readonly audience: string
  /** How it was asked for, in OAuth's words. */
  readonly grant: string
  /** To whose use it is bound: a key's holder, or whoever has it. */
  readonly bound: "key" | "nobody"
  /** The effect classes that it is good for; null leaves that to the intent. */
  readonly scope: readonly string[] | null
  /** How many calls it is good for; null where they are not counted. */
  readonly callsLeft: number | null
  /** The agents that it acts for, nearest first. */
  readonly chain: readonly AgentRef[]
  /** Whose client or token it came from; null where only a task names a person. */
  readonly person: PersonView | null
  /** How many live tokens came from it: they end with it. */
  readonly below: number
  readonly issuedAt: string
  readonly expiresAt: string
}

/** Everything a person needs to answer for one agent. */
export interface AgentDetail extends AgentSummary {
  readonly risk: RiskView | null
  /** What is to be put right, or lived with, about it, its credentials and its servers; the worst first, at most 100. */
  readonly findings: readonly FindingView[]
  readonly identity: string
  /** The ids that were merged into it. */
  readonly alsoKnownAs: readonly string[]
  /** The offer of it that is pending. */
  readonly offer: OfferView | null
  readonly maintainers: readonly PersonView[]
  /** The teams whose people help with it. */
  readonly maintainingTeams: readonly TeamRef[]
  /** Where its owner is not active any more: the nearest active manager above them, to be asked first. */
  readonly suggestedOwner: PersonView | null
  /** Who is asked first to own it once its owner leaves. */
  readonly successor: PersonView | null
  readonly systems: readonly string[]
  readonly lastReview: string | null
  readonly mandate: {
    readonly acceptedAt: string
    readonly oversight: Oversight
  } | null
  /** What its owner asked for, and a second person has not agreed to yet. */
  readonly renewal: {
    readonly expiresAt: string
    readonly askedBy: PersonView
    readonly askedAt: string
  } | null
  readonly facts: readonly FactView[]
  readonly seen: readonly SightingView[]
  readonly usesServers: readonly SeenServerView[]
  readonly holdsCredentials: readonly SeenCredentialView[]
  readonly manifest: ManifestView | null
  readonly instances: readonly InstanceView[]
  readonly tasks: readonly TaskView[]
  readonly tokens: readonly TokenView[]
}

export const AgentDetail: z.ZodType<AgentDetail> = z.object({
  ...summary,
  risk: RiskView.nullable(),
  findings: z.array(FindingView),
  identity: z.string(),
  alsoKnownAs: z.array(z.string()),
  offer: OfferView.nullable(),
  maintainers: z.array(PersonView),
  maintainingTeams: z.array(TeamRef),
  suggestedOwner: PersonView.nullable(),
  successor: PersonView.nullable(),
  systems: z.array(z.string()),
  lastReview: z.string().nullable(),
  mandate: z
    .object({
      acceptedAt: z.string(),
      oversight: z.enum(["two-person", "not-required", "sole-administrator"]),
    })
    .nullable(),
  renewal: z.object({ expiresAt: z.string(), askedBy: PersonView, askedAt: z.string() }).nullable(),
  facts: z.array(
    z.object({
      name: z.string(),
      value: z.unknown(),
      kind: z.enum(["observed", "declared", "overridden"]),
      source: z.string(),
      at: z.string(),
      effective: z.boolean(),
    }),
  ),
  seen: z.array(
    z.object({
      reporter: z.string(),
      reporterName: z.string(),
      reporterRevoked: z.boolean(),
      key: z.string(),
      locations: z.array(z.object({ path: z.string(), line: z.number().nullable() })),
      evidence: z.array(z.string()),
      firstSeen: z.string(),
      lastSeen: z.string(),
      vanishedAt: z.string().nullable(),
      placedBy: z.object({ person: PersonView, at: z.string(), reason: z.string() }).nullable(),
    }),
  ),
  usesServers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      transport: z.string(),
      system: z.string().nullable(),
      capabilities: z.array(z.string()),
      flags: z.array(z.string()),
    }),
  ),
  holdsCredentials: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      provider: z.string().nullable(),
      storedAs: z.enum(CREDENTIAL_STORAGES),
      fingerprint: z.string().nullable(),
      locations: z.array(z.string()),
    }),
  ),
  manifest: ManifestView.nullable(),
  instances: z.array(InstanceView),
  tasks: z.array(TaskView),
  tokens: z.array(
    z.object({
      jti: z.string(),
      instance: z.string(),
      task: z.string().nullable(),
      audience: z.string(),
      grant: z.string(),
      bound: z.enum(["key", "nobody"]),
      scope: z.array(z.string()).nullable(),
      callsLeft: z.number().nullable(),
      chain: z.array(AgentRef),
      person: PersonView.nullable(),
      below: z.number(),
      issuedAt: z.string(),
      expiresAt: z.string(),
    }),
  ),
})
