import { readers, stewards } from "./access-groups.ts"
import { Nothing } from "./inputs.ts"
import * as inputs from "./inventory-inputs.ts"
import type { Operation } from "./operation.ts"
import { get, type Page, page, post } from "./operation-makers.ts"
import { AgentDetail } from "./views/agent.ts"
import { CredentialView, ObservedServerView, ResourceView, ReviewedToolView } from "./views/inventory.ts"

/** What the inventory holds besides agents, and how people correct what it takes for one agent. */
export interface InventoryOperations {
  readonly mergeAgents: Operation<inputs.MergeInput, AgentDetail>
  readonly splitAgent: Operation<inputs.SplitInput, AgentDetail>
  readonly listObservedServers: Operation<inputs.SeenFilter, Page<ObservedServerView>>
  readonly listCredentials: Operation<inputs.SeenFilter, Page<CredentialView>>
  readonly listResources: Operation<Nothing, Page<ResourceView>>
  readonly listTools: Operation<Nothing, Page<ReviewedToolView>>
}

export const INVENTORY_OPERATIONS: InventoryOperations = {
  mergeAgents: post(
    "/agents/:id/merge",
    stewards,
    "Says that another agent is this one, at every later scan too",
    inputs.MergeInput,
    AgentDetail,
  ),
  splitAgent: post(
    "/agents/:id/split",
    stewards,
    "Says that one sighting is another agent, and answers that one",
    inputs.SplitInput,
    AgentDetail,
  ),
  listObservedServers: get(
    "/inventory/servers",
    readers,
    "MCP servers that agents were seen to use",
    inputs.SeenFilter,
    page(ObservedServerView),
  ),
  listCredentials: get(
    "/inventory/credentials",
    readers,
    "Credentials that agents were seen to hold",
    inputs.SeenFilter,
    page(CredentialView),
  ),
  listResources: get(
    "/inventory/resources",
    readers,
    "Systems that agents reach, the most used first",
    Nothing,
    page(ResourceView),
  ),
  listTools: get(
    "/inventory/tools",
    "signed-in",
    "Tools whose definitions were reviewed",
    Nothing,
    page(ReviewedToolView),
  ),
}
