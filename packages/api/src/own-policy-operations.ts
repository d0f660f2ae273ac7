import {
  AGENT_STATES,
  type AgentState,
  EFFECT_CLASSES,
  EFFECTS,
  type Effect,
  type EffectClass,
} from "@tabard/core"
import { z } from "zod"
import { readers } from "./access-groups.ts"
import { Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post, put } from "./operation-makers.ts"
import { PAGED, type Page, type PageQuery } from "./paging.ts"

const OWN_KINDS = ["guard", "offered", "tier", "cases", "set", "hand"] as const
const POLICY_KINDS = ["guard", "offered", "tier", "cases", "set", "hand", "manifest"] as const

type OwnKind = (typeof OWN_KINDS)[number]
type PolicyKind = (typeof POLICY_KINDS)[number]

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

/** Which document of policies: `own` of what there is one of, a set's name, or an agent's id. */
export interface PolicyPlaceInput {
  readonly kind: PolicyKind
  readonly subject: string
}

const subject = z.string().min(1).max(80)
const place = { kind: z.enum(POLICY_KINDS), subject }
const PolicyPlaceInput: z.ZodType<PolicyPlaceInput> = z.strictObject(place)

/** A document, or one version of it. */
export interface PolicyVersionInput extends PolicyPlaceInput {
  readonly version?: number | undefined
}

const count = z.coerce.number().int().min(1).max(1_000_000_000)
const PolicyVersionInput: z.ZodType<PolicyVersionInput> = z.strictObject({
  ...place,
  version: count.optional(),
})

/** Two versions of one document. */
export interface PolicyComparisonInput extends PolicyPlaceInput {
  readonly from: number
  readonly to: number
}

const PolicyComparisonInput: z.ZodType<PolicyComparisonInput> = z.strictObject({
  ...place,
  from: count,
  to: count,
})

/** A document as somebody would write it. */
export interface PolicyDraftInput {
  readonly kind: OwnKind
  readonly subject: string
  readonly source: string
}

const source = z.string().max(262_144)
const PolicyDraftInput: z.ZodType<PolicyDraftInput> = z.strictObject({
  kind: z.enum(OWN_KINDS),
  subject,
  source,
})

/** A document as it is to be: a text, or one of its earlier versions again. `seen` is the version in force as the writer knows it. */
export interface OwnPoliciesInput {
  readonly kind: OwnKind
  readonly subject: string
  readonly seen: number
  readonly source?: string | undefined
  readonly restore?: number | undefined
}

const OwnPoliciesInput: z.ZodType<OwnPoliciesInput> = z
  .strictObject({
    kind: z.enum(OWN_KINDS),
    subject,
    seen: z.int().min(0).max(1_000_000_000),
    source: source.optional(),
    restore: z.int().min(1).max(1_000_000_000).optional(),
  })
  .refine(
    (input) => (input.source === undefined) !== (input.restore === undefined),
    "say either source or restore",
  )

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
  ...place,
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
  documents: z.array(z.object({ ...place, ...versionShape, policies: z.number() })),
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

/** Whose coverage. */
export interface CoverageFilter extends PageQuery {
  readonly state?: AgentState | undefined
}

const CoverageFilter: z.ZodType<CoverageFilter> = z.strictObject({
  state: z.enum(AGENT_STATES).optional(),
  ...PAGED,
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

/** By what an organisation rules its agents. */
export interface OwnPolicyOperations {
  readonly listTiers: Operation<Nothing, TiersView>
  readonly listOwnPolicies: Operation<Nothing, PolicyDocumentsView>
  readonly getPolicyGaps: Operation<Nothing, PolicyGapsView>
  readonly listPolicyCoverage: Operation<CoverageFilter, Page<CoverageView>>
  readonly getOwnPolicies: Operation<PolicyVersionInput, PolicyDocumentView>
  readonly listPolicyVersions: Operation<PolicyPlaceInput, PolicyVersionsView>
  readonly comparePolicies: Operation<PolicyComparisonInput, PolicyComparisonView>
  readonly previewOwnPolicies: Operation<PolicyDraftInput, PolicyPreviewView>
  readonly putOwnPolicies: Operation<OwnPoliciesInput, PolicyDocumentView>
}

export const OWN_POLICY_OPERATIONS: OwnPolicyOperations = {
  listTiers: get(
    "/tiers",
    "signed-in",
    "Every ceiling that an agent may be adopted for, and what it reaches",
    Nothing,
    TiersView,
  ),
  listOwnPolicies: get(
    "/policies",
    "signed-in",
    "The documents in force by which the organisation rules its agents",
    Nothing,
    PolicyDocumentsView,
  ),
  getPolicyGaps: get(
    "/policy-gaps",
    readers,
    "What no policy speaks of, and which policies decided nothing lately",
    Nothing,
    PolicyGapsView,
  ),
  listPolicyCoverage: list(
    "/policy-coverage",
    "signed-in",
    "Which tools each agent may use, is asked about or is kept from, and by which policies",
    CoverageFilter,
    CoverageView,
  ),
  getOwnPolicies: get(
    "/policies/:kind/:subject",
    "signed-in",
    "A document of policies as it is in force, or as it was at a version",
    PolicyVersionInput,
    PolicyDocumentView,
  ),
  listPolicyVersions: get(
    "/policies/:kind/:subject/versions",
    "signed-in",
    "Every version of a document of policies, by whom and when",
    PolicyPlaceInput,
    PolicyVersionsView,
  ),
  comparePolicies: get(
    "/policies/:kind/:subject/comparison",
    "signed-in",
    "What is otherwise in one version of a document than in another",
    PolicyComparisonInput,
    PolicyComparisonView,
  ),
  previewOwnPolicies: post(
    "/policies/:kind/:subject/preview",
    "signed-in",
    "Which recorded decisions would come out otherwise by a document, before it is in force",
    PolicyDraftInput,
    PolicyPreviewView,
  ),
  putOwnPolicies: put(
    "/policies/:kind/:subject",
    "signed-in",
    "Puts a document of policies in force, where nobody changed it meanwhile",
    OwnPoliciesInput,
    PolicyDocumentView,
  ),
}
