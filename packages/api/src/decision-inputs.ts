import { EFFECTS, type Effect } from "@tabard/core"
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
  /** As `server/tool`. */
  readonly tool?: string | undefined
  /** JSON text of an object. */
  readonly arguments?: string | undefined
  /** When it would be asked. */
  readonly at?: string | undefined
  /** Judged by the policies that were in force `then` (where a decision is asked again; usual), or by those of `now`. */
  readonly policies?: "then" | "now" | undefined
  readonly environment?: string | undefined
  readonly door?: string | undefined
  readonly bound?: (typeof BOUND)[number] | undefined
  readonly posture?: readonly string[] | undefined
  /** The address that it would come from; null where nobody saw one. */
  readonly address?: string | null | undefined
  readonly origins?: SupposedOrigins | undefined
  /** The routes whose people would have agreed. */
  readonly approved?: readonly string[] | undefined
  /** The text of a manifest, or of the organisation's own guard-rails, that would be in force. */
  readonly draft?: { readonly kind: "manifest" | "guard"; readonly text: string } | undefined
}

const words: z.ZodType<readonly string[]> = z.array(z.string().min(1).max(200)).max(50)
const origins = z.array(z.enum(ORIGINS)).max(5).optional()

export const SupposedCall: z.ZodType<SupposedCall> = z.strictObject({
  decision: id.optional(),
  agent: id.optional(),
  task: id.nullable().optional(),
  person: id.nullable().optional(),
  tool: tool.optional(),
  arguments: z.string().max(262_144).optional(),
  at: z.iso.datetime().optional(),
  policies: z.enum(["then", "now"]).optional(),
  environment: z.string().min(1).max(80).optional(),
  door: z.string().min(1).max(80).optional(),
  bound: z.enum(BOUND).optional(),
  posture: words.optional(),
  address: z.string().min(1).max(80).nullable().optional(),
  origins: z.strictObject({ target: origins, amount: origins, content: origins, code: origins }).optional(),
  approved: words.optional(),
  draft: z.strictObject({ kind: z.enum(["manifest", "guard"]), text: z.string().max(262_144) }).optional(),
})
