import {
  EFFECT_CLASSES,
  EFFECTS,
  type Effect,
  type EffectClass,
  KEY_STORAGES,
  type KeyStorage,
} from "@tabard/core"
import { z } from "zod"
import { PAGED, type PageQuery } from "./paging.ts"

/** Which decisions. */
export interface DecisionFilter extends PageQuery {
  readonly agent?: string | undefined
  /** On whose behalf it was asked. */
  readonly person?: string | undefined
  readonly task?: string | undefined
  readonly call?: string | undefined
  /** A tool as `server/tool`, or every tool of a server by its name. */
  readonly tool?: string | undefined
  readonly effect?: Effect | undefined
  /** A class of effects that its tool was taken for. */
  readonly effectClass?: EffectClass | undefined
  readonly code?: string | undefined
  /** A policy that brought it about. */
  readonly policy?: string | undefined
  /** Only what was decided at this time or later. */
  readonly from?: string | undefined
  /** Only what was decided before this time. */
  readonly until?: string | undefined
}

const id: z.ZodType<string> = z.string().max(80)
const tool: z.ZodType<string> = z.string().min(1).max(300)

export const DecisionFilter: z.ZodType<DecisionFilter> = z.strictObject({
  agent: id.optional(),
  person: id.optional(),
  task: id.optional(),
  call: id.optional(),
  tool: tool.optional(),
  effect: z.enum(EFFECTS).optional(),
  effectClass: z.enum(EFFECT_CLASSES).optional(),
  code: z.string().min(1).max(80).optional(),
  policy: z.string().min(1).max(200).optional(),
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
  ...PAGED,
})

/** A decision by its id, or the newest one of a call by that of the call. */
export interface AskedDecision {
  readonly id: string
}
export const AskedDecision: z.ZodType<AskedDecision> = z.strictObject({ id })

/** Where a value came from, as far as a door saw it. */
const ORIGINS = ["request", "record", "delegated", "stranger", "unknown"] as const

type Origin = (typeof ORIGINS)[number]

/** Where the values of each role came from. */
export interface SupposedOrigins {
  readonly target?: readonly Origin[] | undefined
  readonly amount?: readonly Origin[] | undefined
  readonly content?: readonly Origin[] | undefined
  readonly code?: readonly Origin[] | undefined
}

/** How a token is bound. */
const BOUND = ["dpop", "mtls", "none"] as const

/** A call that nobody makes: a recorded one with whatever is said here in place of what was, or a new one. */
export interface SupposedCall {
  /** The decision, or the call, whose question is asked again; without one, `agent`, `tool` and `arguments` say what is asked. */
  readonly decision?: string | undefined
  readonly agent?: string | undefined
  /** Null for no task. */
  readonly task?: string | null | undefined
  /** On whose behalf; null for nobody's. */
  readonly person?: string | null | undefined
  /** The agents that it acts for, nearest first. */
  readonly actingFor?: readonly string[] | undefined
  /** As `server/tool`. */
  readonly tool?: string | undefined
  /** What the tool would be taken for. */
  readonly effects?: readonly EffectClass[] | undefined
  /** The digest of the tool's definition that its caller would have seen. */
  readonly toolDigest?: string | undefined
  /** JSON text of an object. */
  readonly arguments?: string | undefined
  /** Where its paths would lead on disk, by the path as it is given. */
  readonly resolved?: Readonly<Record<string, string>> | undefined
  /** What policies would be told of the agent that acts. */
  readonly tier?: string | undefined
  readonly owner?: string | undefined
  readonly category?: string | undefined
  readonly risk?: number | undefined
  /** What would be left of each limit that counts the call; `spend` as `12.50`. */
  readonly left?: SupposedLeftover | undefined
  /** When it would be asked. */
  readonly at?: string | undefined
  /** Judged by the policies that were in force `then` (where a decision is asked again; usual), or by those of `now`. */
  readonly policies?: "then" | "now" | undefined
  readonly environment?: string | undefined
  readonly door?: string | undefined
  readonly bound?: (typeof BOUND)[number] | undefined
  readonly posture?: readonly string[] | undefined
  /** Where its key would be, or that its platform proved who it is; null for a key of which nobody said. */
  readonly key?: KeyStorage | "federated" | null | undefined
  /** The address that it would come from; null where nobody saw one. */
  readonly address?: string | null | undefined
  readonly origins?: SupposedOrigins | undefined
  /** The routes whose people would have agreed. */
  readonly approved?: readonly string[] | undefined
  /** The text of a manifest, or of a document of the organisation's own, that would be in force. */
  readonly draft?: SupposedDraft | undefined
}

/** What would be left of limits. */
export interface SupposedLeftover {
  readonly calls?: number | undefined
  readonly spend?: string | undefined
}

/** A manifest, guard-rails, offered guard-rails, tiers, what is by hand beside the manifest, or a set by its name. */
export type SupposedDraft =
  | { readonly kind: (typeof DRAFTED)[number]; readonly text: string }
  | { readonly kind: "set"; readonly name: string; readonly text: string }

const DRAFTED = ["manifest", "guard", "offered", "tier", "hand"] as const

const words: z.ZodType<readonly string[]> = z.array(z.string().min(1).max(200)).max(50)
const text: z.ZodType<string> = z.string().max(262_144)
const origins = z.array(z.enum(ORIGINS)).max(5).optional()

export const SupposedCall: z.ZodType<SupposedCall> = z.strictObject({
  decision: id.optional(),
  agent: id.optional(),
  task: id.nullable().optional(),
  person: id.nullable().optional(),
  tool: tool.optional(),
  arguments: text.optional(),
  actingFor: z.array(id).max(10).optional(),
  effects: z.array(z.enum(EFFECT_CLASSES)).max(EFFECT_CLASSES.length).optional(),
  toolDigest: z.string().min(1).max(100).optional(),
  resolved: z.record(z.string().max(4096), z.string().max(4096)).optional(),
  tier: z.string().min(1).max(80).optional(),
  owner: id.optional(),
  category: z.string().min(1).max(80).optional(),
  risk: z.number().int().min(0).max(100).optional(),
  left: z
    .strictObject({
      calls: z.number().int().min(0).max(1_000_000_000).optional(),
      spend: z.string().max(20).optional(),
    })
    .optional(),
  at: z.iso.datetime().optional(),
  policies: z.enum(["then", "now"]).optional(),
  environment: z.string().min(1).max(80).optional(),
  door: z.string().min(1).max(80).optional(),
  bound: z.enum(BOUND).optional(),
  posture: words.optional(),
  key: z
    .enum([...KEY_STORAGES, "federated"])
    .nullable()
    .optional(),
  address: z.string().min(1).max(80).nullable().optional(),
  origins: z.strictObject({ target: origins, amount: origins, content: origins, code: origins }).optional(),
  approved: words.optional(),
  draft: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.enum(DRAFTED), text }),
      z.strictObject({ kind: z.literal("set"), name: z.string().min(1).max(64), text }),
    ])
    .optional(),
})
