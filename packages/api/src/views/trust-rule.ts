import {
  type KeySource,
  type TimeWindow,
  TRUST_FORMS,
  type TrustCondition,
  type TrustFields,
  type TrustForm,
} from "@tabard/core"
import { z } from "zod"
import { HoursInput, NetworksInput } from "../condition-inputs.ts"
import { KeySourceInput, TrustFieldsInput } from "../trust-inputs.ts"

/** Something about a rule that its maker should know. */
export interface TrustWarningView {
  /** `mutable_name`, `wide`, `elsewhere`, `reusable`, `long_life` or `fixed_keys`. */
  readonly code: string
  readonly said: string
}

/** Which tokens a rule takes, and what to know of that. */
export interface TrustTermsView {
  readonly form: TrustForm
  readonly issuer: string
  readonly audience: string
  readonly keys: KeySource
  readonly conditions: readonly (TrustCondition & { readonly said: string })[]
  readonly oneTime: boolean
  readonly maxLifeSeconds: number
  /** From where and when what the workloads are issued counts; what is empty bounds nothing. */
  readonly networks: readonly string[]
  readonly hours: readonly TimeWindow[]
  readonly warnings: readonly TrustWarningView[]
}

const Said: z.ZodType<TrustWarningView> = z.object({ code: z.string(), said: z.string() })

const terms = {
  form: z.enum(TRUST_FORMS),
  issuer: z.string(),
  audience: z.string(),
  keys: KeySourceInput,
  conditions: z.array(
    z.object({
      claim: z.array(z.string()),
      test: z.enum(["is", "begins"]),
      values: z.array(z.string()),
      said: z.string(),
    }),
  ),
  oneTime: z.boolean(),
  maxLifeSeconds: z.number(),
  networks: NetworksInput,
  hours: HoursInput,
  warnings: z.array(Said),
}

/** A rule by which workloads of an outside issuer are one agent. */
export interface TrustRuleView extends TrustTermsView {
  readonly id: string
  readonly agent: string
  /** What the agent is called; its id where it has no name. */
  readonly agentName: string
  readonly instance: string
  readonly name: string
  readonly fields: TrustFields
  readonly madeBy: string
  readonly madeAt: string
  /** When a workload last got a token by it. */
  readonly lastUsedAt: string | null
}

export const TrustRuleView: z.ZodType<TrustRuleView> = z.object({
  ...terms,
  id: z.string(),
  agent: z.string(),
  agentName: z.string(),
  instance: z.string(),
  name: z.string(),
  fields: TrustFieldsInput,
  madeBy: z.string(),
  madeAt: z.string(),
  lastUsedAt: z.string().nullable(),
})

/** What a rule does with one token. */
export interface TriedTokenView {
  readonly title: string
  /** `made-up` ones are near the workload that the rule is about; `sent` ones were tried with their signature. */
  readonly from: "made-up" | "sent"
  readonly accepted: boolean
  /** Why not: one line for each check that failed. */
  readonly faults: readonly TrustWarningView[]
  /** What a made-up one says. A token that was sent is not told again. */
  readonly claims: Readonly<Record<string, unknown>> | null
}

export const TriedTokenView: z.ZodType<TriedTokenView> = z.object({
  title: z.string(),
  from: z.enum(["made-up", "sent"]),
  accepted: z.boolean(),
  faults: z.array(Said),
  claims: z.record(z.string(), z.unknown()).nullable(),
})

/** What a rule would take, before it is kept. */
export interface TrustPreviewView {
  readonly terms: TrustTermsView
  /** Whether the issuer's keys can be had now, and where not, why. */
  readonly keys: { readonly found: boolean; readonly said: string | null }
  readonly tried: readonly TriedTokenView[]
}

export const TrustPreviewView: z.ZodType<TrustPreviewView> = z.object({
  terms: z.object(terms),
  keys: z.object({ found: z.boolean(), said: z.string().nullable() }),
  tried: z.array(TriedTokenView),
})
