import { EFFECT_CLASSES, type EffectClass } from "@tabard/core"
import { z } from "zod"
import { readers } from "./access-groups.ts"
import { ById } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { list, post } from "./operation-makers.ts"
import { PAGED, type Page, Paged, type PageQuery } from "./paging.ts"
import { DelegationView, WithdrawnDelegationView } from "./views/delegation.ts"

/** Which of an agent's permissions are asked for. */
export interface AgentDelegationsQuery extends ById, PageQuery {}

/** Which agent may act for one, for what, until when. */
export interface DelegationInput extends ById {
  readonly to: string
  /** The most that it may be used for; left out, each token that is exchanged says so itself. */
  readonly scope?: readonly EffectClass[] | undefined
  /** Left out, it holds until somebody withdraws it. */
  readonly expiresAt?: string | undefined
}

const AgentDelegationsQuery: z.ZodType<AgentDelegationsQuery> = z.strictObject({
  id: z.string().max(80),
  ...PAGED,
})

const DelegationInput: z.ZodType<DelegationInput> = z.strictObject({
  id: z.string().max(80),
  to: z.string().max(80),
  scope: z.array(z.enum(EFFECT_CLASSES)).min(1).max(EFFECT_CLASSES.length).optional(),
  expiresAt: z.iso.datetime().optional(),
})

/** Which agents may act for which. */
export interface DelegationOperations {
  readonly listDelegations: Operation<PageQuery, Page<DelegationView>>
  readonly listAgentDelegations: Operation<AgentDelegationsQuery, Page<DelegationView>>
  readonly allowDelegation: Operation<DelegationInput, DelegationView>
  readonly withdrawDelegation: Operation<ById, WithdrawnDelegationView>
}

export const DELEGATION_OPERATIONS: DelegationOperations = {
  listDelegations: list("/delegations", readers, "Which agents may act for which", Paged, DelegationView),
  listAgentDelegations: list(
    "/agents/:id/delegations",
    "signed-in",
    "Which agents may act for one, and for which it may",
    AgentDelegationsQuery,
    DelegationView,
  ),
  allowDelegation: post(
    "/agents/:id/delegations",
    "signed-in",
    "Lets another agent act for one: exchange its tokens, and never for more than they are good for",
    DelegationInput,
    DelegationView,
  ),
  withdrawDelegation: post(
    "/delegations/:id/withdrawal",
    "signed-in",
    "Withdraws such a permission, with every live token that came of it",
    ById,
    WithdrawnDelegationView,
  ),
}
