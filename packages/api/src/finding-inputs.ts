import { FINDING_STATES, type FindingState, SEVERITIES, type Severity } from "@tabard/core"
import { z } from "zod"
import { Flag } from "./flag.ts"
import { PAGED, type PageQuery } from "./paging.ts"

/** Which findings. */
export interface FindingWishes {
  readonly state?: FindingState | undefined
  readonly severity?: Severity | undefined
  readonly rule?: string | undefined
  /** An agent: findings about it, its credentials and its servers. */
  readonly agent?: string | undefined
  /** One agent, credential, server or source alone. */
  readonly subject?: string | undefined
  /** Only those about agents that whoever asks owns or helps with. */
  readonly mine?: boolean | undefined
}

/** The members by which findings are asked for. */
export const FINDING_WISHES: {
  readonly [Member in keyof FindingWishes]-?: z.ZodType<FindingWishes[Member]>
} = {
  state: z.enum(FINDING_STATES).optional(),
  severity: z.enum(SEVERITIES).optional(),
  rule: z.string().max(80).optional(),
  agent: z.string().max(80).optional(),
  subject: z.string().max(300).optional(),
  mine: Flag.optional(),
}

/** A page of findings: the worst first. */
export interface FindingFilter extends FindingWishes, PageQuery {}
export const FindingFilter: z.ZodType<FindingFilter> = z.strictObject({ ...FINDING_WISHES, ...PAGED })

/** A person's word that a finding is lived with until a date. */
export interface FindingAcceptance {
  readonly id: string
  readonly reason: string
  readonly until: string
}
export const FindingAcceptance: z.ZodType<FindingAcceptance> = z.strictObject({
  id: z.string().max(80),
  reason: z.string().trim().min(1).max(1000),
  until: z.iso.datetime(),
})
