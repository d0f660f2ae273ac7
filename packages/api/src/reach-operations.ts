import { z } from "zod"
import { readers, stewards } from "./access-groups.ts"
import { ById, Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post } from "./operation-makers.ts"
import { type Page, Paged, type PageQuery } from "./paging.ts"
import { GovernmentView, ReachView } from "./views/government.ts"

/** What is in whose hands. */
export interface ReachInput {
  /** An agent or a server, by its id; of an API token also the repository whose pipeline has it, as `repository:…`. */
  readonly holder: string
  /**
   * An API token by its id, or `organisation`, `manifests`, `pipeline` or `directory`; a repository as
   * `repository:github.com/acme/agents`, an identity provider as `provider:https://acme.okta.com`.
   */
  readonly to: string
}

const ReachInput: z.ZodType<ReachInput> = z.strictObject({
  holder: z.string().max(300),
  to: z.string().max(300),
})

/** Who can change what constrains agents. */
export interface ReachOperations {
  readonly listReaches: Operation<PageQuery, Page<ReachView>>
  readonly declareReach: Operation<ReachInput, ReachView>
  readonly withdrawReach: Operation<ById, Nothing>
  readonly getAgentGovernment: Operation<ById, GovernmentView>
}

export const REACH_OPERATIONS: ReachOperations = {
  listReaches: list(
    "/reaches",
    readers,
    "What people declared that agents and servers have in their hands",
    Paged,
    ReachView,
  ),
  declareReach: post(
    "/reaches",
    stewards,
    "Says that an agent or a server has something in its hands by which agents are governed",
    ReachInput,
    ReachView,
  ),
  withdrawReach: post("/reaches/:id/withdrawal", stewards, "Takes such a word back", ById, Nothing),
  getAgentGovernment: get(
    "/agents/:id/government",
    readers,
    "Who and what can change what constrains an agent, and by which way",
    ById,
    GovernmentView,
  ),
}
