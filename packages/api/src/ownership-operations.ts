import { administrators, stewards } from "./access-groups.ts"
import { ById, Nothing, WithReason } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post, put } from "./operation-makers.ts"
import * as inputs from "./ownership-inputs.ts"
import { type Page, Paged, type PageQuery } from "./paging.ts"
import { AgentDetail } from "./views/agent.ts"
import { OfferView, SettingsView } from "./views/ownership.ts"

/** What people do about who answers for an agent, and what it is for. */
export interface OwnershipOperations {
  readonly offerOwnership: Operation<inputs.OfferInput, AgentDetail>
  readonly withdrawOffer: Operation<ById, AgentDetail>
  readonly listOffers: Operation<PageQuery, Page<OfferView>>
  readonly acceptOwnership: Operation<ById, AgentDetail>
  readonly declineOwnership: Operation<WithReason, Nothing>
  readonly addMaintainer: Operation<inputs.MaintainerInput, AgentDetail>
  readonly removeMaintainer: Operation<inputs.MaintainerInput, AgentDetail>
  readonly describeAgent: Operation<inputs.AgentDescription, AgentDetail>
  readonly reopenAgent: Operation<WithReason, AgentDetail>
  readonly enterAgent: Operation<inputs.AgentEntryInput, AgentDetail>
  readonly getSettings: Operation<Nothing, SettingsView>
  readonly putSettings: Operation<inputs.SettingsInput, SettingsView>
}

export const OWNERSHIP_OPERATIONS: OwnershipOperations = {
  offerOwnership: post(
    "/agents/:id/offer",
    "signed-in",
    "Asks a person to answer for an agent, in place of an offer that is pending",
    inputs.OfferInput,
    AgentDetail,
  ),
  withdrawOffer: post(
    "/agents/:id/offer/withdrawal",
    "signed-in",
    "Takes the pending offer of an agent back",
    ById,
    AgentDetail,
  ),
  listOffers: list("/offers", "signed-in", "Agents that you are asked to answer for", Paged, OfferView),
  acceptOwnership: post(
    "/offers/:id/acceptance",
    "signed-in",
    "Accepts to answer for the agent that was offered to you",
    ById,
    AgentDetail,
  ),
  declineOwnership: post(
    "/offers/:id/refusal",
    "signed-in",
    "Declines to answer for the agent that was offered to you",
    WithReason,
    Nothing,
  ),
  addMaintainer: post(
    "/agents/:id/maintainers",
    "signed-in",
    "Lets a person help with an agent",
    inputs.MaintainerInput,
    AgentDetail,
  ),
  removeMaintainer: post(
    "/agents/:id/maintainers/:user/removal",
    "signed-in",
    "Ends a person's helping with an agent",
    inputs.MaintainerInput,
    AgentDetail,
  ),
  describeAgent: put(
    "/agents/:id/description",
    "signed-in",
    "States what describes an agent, or takes such statements back",
    inputs.AgentDescription,
    AgentDetail,
  ),
  reopenAgent: post(
    "/agents/:id/reopening",
    stewards,
    "Takes the dismissal of an agent back",
    WithReason,
    AgentDetail,
  ),
  enterAgent: post(
    "/agents",
    stewards,
    "Enters an agent that no scan has to have seen",
    inputs.AgentEntryInput,
    AgentDetail,
  ),
  getSettings: get("/settings", "signed-in", "What the organisation has settled", Nothing, SettingsView),
  putSettings: put(
    "/settings",
    administrators,
    "Settles what holds for the whole organisation",
    inputs.SettingsInput,
    SettingsView,
  ),
}
