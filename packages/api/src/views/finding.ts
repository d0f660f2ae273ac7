import {
  FINDING_STATES,
  type FindingEvidence,
  type FindingState,
  SEVERITIES,
  type Severity,
} from "@tabard/core"
import { z } from "zod"
import { PersonView } from "./person.ts"

/** What a finding is about. */
export const FINDING_SUBJECTS = ["agent", "credential", "server", "source"] as const

/** One kind of subject. */
export type FindingSubjectKind = (typeof FINDING_SUBJECTS)[number]

/** A control that a finding speaks to. */
export interface ControlView {
  readonly framework: string
  readonly id: string
  readonly title: string
}

export const ControlView: z.ZodType<ControlView> = z.object({
  framework: z.string(),
  id: z.string(),
  title: z.string(),
})

/** Something to put right: what, where, how it stands, and what to do. */
export interface FindingView {
  readonly id: string
  readonly rule: string
  readonly title: string
  readonly severity: Severity
  readonly state: FindingState
  readonly message: string
  readonly remediation: string
  readonly controls: readonly ControlView[]
  readonly evidence: readonly FindingEvidence[]
  readonly subject: {
    readonly kind: FindingSubjectKind
    readonly id: string
    readonly name: string
    /** The folder where it was seen; names alone do not tell two apart. */
    readonly place: string | null
  }
  /** The agents that it concerns: the subject itself, or those that use it; at most ten. */
  readonly agents: readonly { readonly id: string; readonly name: string }[]
  readonly openedAt: string
  readonly lastSeenAt: string
  readonly resolvedAt: string | null
  /** How often it came back after it had been put right. */
  readonly reopened: number
  readonly acceptance: {
    readonly by: PersonView
    readonly at: string
    readonly reason: string
    readonly until: string
  } | null
}

export const FindingView: z.ZodType<FindingView> = z.object({
  id: z.string(),
  rule: z.string(),
  title: z.string(),
  severity: z.enum(SEVERITIES),
  state: z.enum(FINDING_STATES),
  message: z.string(),
  remediation: z.string(),
  controls: z.array(ControlView),
  evidence: z.array(z.object({ path: z.string(), line: z.number().nullable(), what: z.string() })),
  subject: z.object({
    kind: z.enum(FINDING_SUBJECTS),
    id: z.string(),
    name: z.string(),
    place: z.string().nullable(),
  }),
  agents: z.array(z.object({ id: z.string(), name: z.string() })),
  openedAt: z.string(),
  lastSeenAt: z.string(),
  resolvedAt: z.string().nullable(),
  reopened: z.number(),
  acceptance: z.object({ by: PersonView, at: z.string(), reason: z.string(), until: z.string() }).nullable(),
})

/** One rule, and how many of its findings stand. */
export interface RuleView {
  readonly id: string
  readonly title: string
  readonly severity: Severity
  readonly remediation: string
  readonly controls: readonly ControlView[]
  readonly open: number
  readonly accepted: number
}

export const RuleView: z.ZodType<RuleView> = z.object({
  id: z.string(),
  title: z.string(),
  severity: z.enum(SEVERITIES),
  remediation: z.string(),
  controls: z.array(ControlView),
  open: z.number(),
  accepted: z.number(),
})
