import { EFFECT_CLASSES, EFFECTS, type Effect, type EffectClass } from "@tabard/core"
import { z } from "zod"
import { PersonView } from "./person.ts"

/** A decision as a list tells it. */
export interface DecisionView {
  readonly id: string
  readonly at: string
  /** The answer in words. */
  readonly sentence: string
  readonly effect: Effect
  readonly code: string
  readonly agent: { readonly id: string; readonly name: string }
  readonly onBehalfOf: PersonView | null
  readonly task: string | null
  readonly call: string
  /** As `server/tool`. */
  readonly tool: string
  /** What the tool was taken for; null where nobody has reviewed it, or that was not kept. */
  readonly effects: readonly EffectClass[] | null
  /** The policies that brought it about. */
  readonly policies: readonly string[]
  readonly approval: string | null
}

const shape = {
  id: z.string(),
  at: z.string(),
  sentence: z.string(),
  effect: z.enum(EFFECTS),
  code: z.string(),
  agent: z.object({ id: z.string(), name: z.string() }),
  onBehalfOf: PersonView.nullable(),
  task: z.string().nullable(),
  call: z.string(),
  tool: z.string(),
  effects: z.array(z.enum(EFFECT_CLASSES)).nullable(),
  policies: z.array(z.string()),
  approval: z.string().nullable(),
}

/** A decision as a list tells it. */
export const DecisionView: z.ZodType<DecisionView> = z.object(shape)

/** What one link of the chain answered. */
export interface DecidedLinkView {
  readonly kind: string
  readonly id: string
  readonly name: string
  readonly effect: Effect
}

/** A question that people have to answer. */
export interface DecidedAskView {
  readonly policy: string
  readonly route: string
  readonly say: string
}

/** An answer, and what explains it. */
export interface AnswerView {
  readonly effect: Effect
  readonly code: string
  readonly reasons: readonly string[]
  readonly asks: readonly DecidedAskView[]
  readonly links: readonly DecidedLinkView[]
  /** What would have been needed instead. */
  readonly missing: string
}

const answer = {
  effect: z.enum(EFFECTS),
  code: z.string(),
  reasons: z.array(z.string()),
  asks: z.array(z.object({ policy: z.string(), route: z.string(), say: z.string() })),
  links: z.array(z.object({ kind: z.string(), id: z.string(), name: z.string(), effect: z.enum(EFFECTS) })),
  missing: z.string(),
}

/** A policy as it stood when it was decided. Its text is null where it is another agent's that one may not see. */
export interface DecidedPolicyView {
  readonly id: string
  readonly effect: "permit" | "forbid"
  readonly say: string | null
  readonly text: string | null
  readonly kind: string
  readonly subject: string
  readonly version: number
}

/** What was known of the circumstances. */
export interface CircumstancesView {
  readonly door: string
  /** Null where it was refused before anybody looked. */
  readonly environment: string | null
  readonly bound: string
  readonly posture: readonly string[]
  readonly address: string | null
}

/** What policies were told of the agent that acts, its tool and its limits. */
export interface DecidedFactsView {
  readonly tier: string
  readonly category: string
  readonly risk: number
  readonly left: { readonly calls: number; readonly spend: string }
  readonly toolDigest: string | null
}

/** A decision, and all that explains it. */
export interface DecisionDetail extends DecisionView {
  readonly answer: AnswerView
  readonly decidedBy: readonly DecidedPolicyView[]
  /** What it was judged by; null where that was not kept, or is forgotten since. */
  readonly arguments: unknown
  /** Members of the arguments that were not kept, by their place. */
  readonly withheld: readonly string[]
  /** Where paths led on disk, by the path as it was given. */
  readonly resolved: Readonly<Record<string, string>>
  /** What policies were told of the agent that acts, its tool and its limits; null where none was asked, or it was not kept. */
  readonly told: DecidedFactsView | null
  /** Null of what programs of before decided. */
  readonly circumstances: CircumstancesView | null
  /** The version of all inputs that it was made on. */
  readonly version: number
  /** The event of the record that tells of it. */
  readonly event: string | null
}

/** A decision, and all that explains it. */
export const DecisionDetail: z.ZodType<DecisionDetail> = z.object({
  ...shape,
  answer: z.object(answer),
  decidedBy: z.array(
    z.object({
      id: z.string(),
      effect: z.enum(["permit", "forbid"]),
      say: z.string().nullable(),
      text: z.string().nullable(),
      kind: z.string(),
      subject: z.string(),
      version: z.number(),
    }),
  ),
  arguments: z.unknown(),
  withheld: z.array(z.string()),
  resolved: z.record(z.string(), z.string()),
  told: z
    .object({
      tier: z.string(),
      category: z.string(),
      risk: z.number(),
      left: z.object({ calls: z.number(), spend: z.string() }),
      toolDigest: z.string().nullable(),
    })
    .nullable(),
  circumstances: z
    .object({
      door: z.string(),
      environment: z.string().nullable(),
      bound: z.string(),
      posture: z.array(z.string()),
      address: z.string().nullable(),
    })
    .nullable(),
  version: z.number(),
  event: z.string().nullable(),
})

/** What would be decided. */
export interface WhatIfView {
  /** The answer in words. */
  readonly sentence: string
  readonly answer: AnswerView
  /** As it was recorded; null where no decision was asked again. */
  readonly before: AnswerView | null
  /** What would be otherwise, in words; empty where no decision was asked again. */
  readonly difference: readonly string[]
  /** The version of all inputs that was read. */
  readonly version: number
}

/** What would be decided. */
export const WhatIfView: z.ZodType<WhatIfView> = z.object({
  sentence: z.string(),
  answer: z.object(answer),
  before: z.object(answer).nullable(),
  difference: z.array(z.string()),
  version: z.number(),
})
