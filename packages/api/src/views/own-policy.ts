import { EFFECT_CLASSES, EFFECTS, type Effect, type EffectClass } from "@tabard/core"
import { z } from "zod"
import { PLACE, type PolicyPlaceInput } from "../own-policy-inputs.ts"

/** A ceiling that an agent may be adopted for. */
export interface TierView {
  readonly name: string
  readonly words: string
  readonly reaches: readonly EffectClass[]
  readonly ships: boolean
}

/** Every ceiling that there is. */
export interface TiersView {
  readonly tiers: readonly TierView[]
}

/** Every ceiling that there is: those that ship first. */
export const TiersView: z.ZodType<TiersView> = z.object({
  tiers: z.array(
    z.object({
      name: z.string(),
      words: z.string(),
      reaches: z.array(z.enum(EFFECT_CLASSES)),
      ships: z.boolean(),
    }),
  ),
})

/** A version of a document, by whom and when. */
export interface PolicyVersionView {
  readonly version: number
  readonly author: string
  readonly at: string
  readonly policies: number
}

const versionShape = { version: z.number(), author: z.string(), at: z.string() }
const PolicyVersionView: z.ZodType<PolicyVersionView> = z.object({ ...versionShape, policies: z.number() })

/** Every version of a document, newest first. */
export interface PolicyVersionsView {
  readonly versions: readonly PolicyVersionView[]
}

/** Every version of a document, newest first. */
export const PolicyVersionsView: z.ZodType<PolicyVersionsView> = z.object({
  versions: z.array(PolicyVersionView),
})

/** One Cedar policy. */
export interface PolicyTextView {
  readonly id: string
  readonly text: string
}

const PolicyTextView: z.ZodType<PolicyTextView> = z.object({ id: z.string(), text: z.string() })

/** A document with the policies that it puts in force; version 0 where nobody has written it. */
export interface PolicyDocumentView extends PolicyPlaceInput {
  readonly version: number
  readonly author: string
  readonly at: string | null
  readonly source: string
  readonly policies: readonly PolicyTextView[]
}

/** A document with the policies that it puts in force. */
export const PolicyDocumentView: z.ZodType<PolicyDocumentView> = z.object({
  ...PLACE,
  ...versionShape,
  at: z.string().nullable(),
  source: z.string(),
  policies: z.array(PolicyTextView),
})

/** The documents in force that rule the whole organisation. */
export interface PolicyDocumentsView {
  readonly documents: readonly (PolicyPlaceInput & PolicyVersionView)[]
}

/** The documents in force that rule the whole organisation. */
export const PolicyDocumentsView: z.ZodType<PolicyDocumentsView> = z.object({
  documents: z.array(z.object({ ...PLACE, ...versionShape, policies: z.number() })),
})

/** What is otherwise in one version than in another, line by line. */
export interface PolicyComparisonView {
  readonly lines: readonly { readonly kind: "same" | "added" | "removed"; readonly text: string }[]
}

/** What is otherwise in one version than in another, line by line. */
export const PolicyComparisonView: z.ZodType<PolicyComparisonView> = z.object({
  lines: z.array(z.object({ kind: z.enum(["same", "added", "removed"]), text: z.string() })),
})

/** What a document would change of decisions like those that were recorded. */
export interface PolicyPreviewView {
  readonly looked: number
  readonly since: string
  readonly policies: readonly PolicyTextView[]
  readonly changes: readonly {
    readonly agent: string
    readonly action: string
    readonly effect: Effect
    readonly decisions: number
    readonly becomes: "denied" | "perhaps-stricter" | "perhaps-laxer"
  }[]
}

/** What a document would change of decisions like those that were recorded. */
export const PolicyPreviewView: z.ZodType<PolicyPreviewView> = z.object({
  looked: z.number(),
  since: z.string(),
  policies: z.array(PolicyTextView),
  changes: z.array(
    z.object({
      agent: z.string(),
      action: z.string(),
      effect: z.enum(EFFECTS),
      decisions: z.number(),
      becomes: z.enum(["denied", "perhaps-stricter", "perhaps-laxer"]),
    }),
  ),
})

/** What rules one agent, tool by tool. */
export interface CoverageView {
  readonly agent: string
  readonly manifest: boolean
  readonly byHand: boolean
  readonly tools: readonly {
    readonly server: string
    readonly tool: string
    readonly verdict: "permit" | "ask" | "deny"
    readonly policies: readonly string[]
  }[]
}

/** What rules one agent, tool by tool. */
export const CoverageView: z.ZodType<CoverageView> = z.object({
  agent: z.string(),
  manifest: z.boolean(),
  byHand: z.boolean(),
  tools: z.array(
    z.object({
      server: z.string(),
      tool: z.string(),
      verdict: z.enum(["permit", "ask", "deny"]),
      policies: z.array(z.string()),
    }),
  ),
})

/** Rules that rule nothing, and what no rule speaks of. */
export interface PolicyGapsView {
  readonly agentsWithoutManifest: readonly string[]
  readonly toolsWithoutPermit: readonly { readonly server: string; readonly tool: string }[]
  readonly silentPolicies: readonly string[]
  /** Whether there are more of each than are told. */
  readonly more: { readonly agents: boolean; readonly tools: boolean; readonly policies: boolean }
}

/** Rules that rule nothing, and what no rule speaks of. */
export const PolicyGapsView: z.ZodType<PolicyGapsView> = z.object({
  agentsWithoutManifest: z.array(z.string()),
  toolsWithoutPermit: z.array(z.object({ server: z.string(), tool: z.string() })),
  silentPolicies: z.array(z.string()),
  more: z.object({ agents: z.boolean(), tools: z.boolean(), policies: z.boolean() }),
})
