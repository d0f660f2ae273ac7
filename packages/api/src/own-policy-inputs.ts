import { AGENT_STATES, type AgentState } from "@tabard/core"
import { z } from "zod"
import { PAGED, type PageQuery } from "./paging.ts"

export const OWN_KINDS = ["guard", "offered", "tier", "cases", "set", "hand"] as const
export const POLICY_KINDS = ["guard", "offered", "tier", "cases", "set", "hand", "manifest"] as const

export type OwnKind = (typeof OWN_KINDS)[number]
export type PolicyKind = (typeof POLICY_KINDS)[number]

/** Which document of policies: `own` of what there is one of, a set's name, or an agent's id. */
export interface PolicyPlaceInput {
  readonly kind: PolicyKind
  readonly subject: string
}

const subject = z.string().min(1).max(80)
/** Which document, as every answer about one repeats it. */
export const PLACE: { readonly kind: z.ZodType<PolicyKind>; readonly subject: z.ZodString } = {
  kind: z.enum(POLICY_KINDS),
  subject,
}
export const PolicyPlaceInput: z.ZodType<PolicyPlaceInput> = z.strictObject(PLACE)

/** A document, or one version of it. */
export interface PolicyVersionInput extends PolicyPlaceInput {
  readonly version?: number | undefined
}

const count = z.coerce.number().int().min(1).max(1_000_000_000)
export const PolicyVersionInput: z.ZodType<PolicyVersionInput> = z.strictObject({
  ...PLACE,
  version: count.optional(),
})

/** Two versions of one document. */
export interface PolicyComparisonInput extends PolicyPlaceInput {
  readonly from: number
  readonly to: number
}

export const PolicyComparisonInput: z.ZodType<PolicyComparisonInput> = z.strictObject({
  ...PLACE,
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
export const PolicyDraftInput: z.ZodType<PolicyDraftInput> = z.strictObject({
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

export const OwnPoliciesInput: z.ZodType<OwnPoliciesInput> = z
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

/** Whose coverage. */
export interface CoverageFilter extends PageQuery {
  readonly state?: AgentState | undefined
}

export const CoverageFilter: z.ZodType<CoverageFilter> = z.strictObject({
  state: z.enum(AGENT_STATES).optional(),
  ...PAGED,
})
