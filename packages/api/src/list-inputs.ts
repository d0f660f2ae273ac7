import {
  AGENT_STATES,
  type AgentState,
  CATEGORIES,
  type Category,
  RISK_BANDS,
  type RiskBand,
  ROLES,
  type Role,
  type TierName,
} from "@tabard/core"
import { z } from "zod"
import { Flag } from "./flag.ts"
import { TierNameInput } from "./inputs.ts"
import { PAGED, type PageQuery } from "./paging.ts"
import { APPROVAL_STATES, type ApprovalView } from "./views/approval.ts"

const id: z.ZodType<string | undefined> = z.string().max(80).optional()

/** Which agents. */
export interface AgentFilter extends PageQuery {
  readonly state?: AgentState | undefined
  readonly owner?: string | undefined
  readonly orphaned?: boolean | undefined
  readonly shadow?: true | undefined
  /** Only agents that no scan sees any more, or only the others. */
  readonly vanished?: boolean | undefined
  /** The category that holds for them; `unknown` where nobody said one. */
  readonly category?: Category | "unknown" | undefined
  readonly tier?: TierName | undefined
  /** The band of their last score; agents without one are in none. */
  readonly band?: RiskBand | undefined
}
export const AgentFilter: z.ZodType<AgentFilter> = z.strictObject({
  state: z.enum(AGENT_STATES).optional(),
  owner: id,
  orphaned: Flag.optional(),
  shadow: z
    .literal("true")
    .transform(() => true as const)
    .optional(),
  vanished: Flag.optional(),
  category: z.enum([...CATEGORIES, "unknown"]).optional(),
  tier: TierNameInput.optional(),
  band: z.enum(RISK_BANDS).optional(),
  ...PAGED,
})

/** Which people. */
export interface PersonFilter extends PageQuery {
  readonly role?: Role | undefined
  readonly active?: boolean | undefined
}
export const PersonFilter: z.ZodType<PersonFilter> = z.strictObject({
  role: z.enum(ROLES).optional(),
  active: Flag.optional(),
  ...PAGED,
})

/** Which scans. */
export interface ScanFilter extends PageQuery {
  /** Only those of this reporter, by its id or as a scan names it. */
  readonly reporter?: string | undefined
  /** Only those that no enrolled reporter sent. */
  readonly own?: true | undefined
}
export const ScanFilter: z.ZodType<ScanFilter> = z.strictObject({
  reporter: z.string().min(1).max(1_000).optional(),
  own: z
    .literal("true")
    .transform(() => true as const)
    .optional(),
  ...PAGED,
})

/** Which questions. */
export interface ApprovalFilter extends PageQuery {
  readonly state?: ApprovalView["state"] | undefined
}
export const ApprovalFilter: z.ZodType<ApprovalFilter> = z.strictObject({
  state: z.enum(APPROVAL_STATES).optional(),
  ...PAGED,
})
