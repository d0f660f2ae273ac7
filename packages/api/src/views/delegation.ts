import { EFFECT_CLASSES, type EffectClass } from "@tabard/core"
import { z } from "zod"
import { AgentRef } from "./directory.ts"
import { PersonView } from "./person.ts"

/** A standing permission: `to` may exchange the tokens of `from`, and acts for it then. */
export interface DelegationView {
  readonly id: string
  readonly from: AgentRef
  readonly to: AgentRef
  /** The most that it may be used for; null leaves that to each token. */
  readonly scope: readonly EffectClass[] | null
  readonly allowedBy: PersonView
  readonly allowedAt: string
  readonly expiresAt: string | null
}
export const DelegationView: z.ZodType<DelegationView> = z.object({
  id: z.string(),
  from: AgentRef,
  to: AgentRef,
  scope: z.array(z.enum(EFFECT_CLASSES)).nullable(),
  allowedBy: PersonView,
  allowedAt: z.string(),
  expiresAt: z.string().nullable(),
})

/** What ended with a permission. */
export interface WithdrawnDelegationView {
  /** How many live tokens were exchanged under it, or came from such. */
  readonly tokens: number
}
export const WithdrawnDelegationView: z.ZodType<WithdrawnDelegationView> = z.object({
  tokens: z.number(),
})
