import { readers, stewards } from "./access-groups.ts"
import * as inputs from "./inventory-inputs.ts"
import type { Operation } from "./operation.ts"
import { list, post } from "./operation-makers.ts"
import { type Page, Paged, type PageQuery } from "./paging.ts"
import { AgentDetail } from "./views/agent.ts"
import { CredentialView, ObservedServerView, ResourceView, ReviewedToolView } from "./views/inventory.ts"

/** What the inventory holds besides agents, and how people correct what it takes for one agent. */
export interface InventoryOperations {
  readonly mergeAgents: Operation<inputs.MergeInput, AgentDetail>
  readonly splitAgent: Operation<inputs.SplitInput, AgentDetail>
  readonly listObservedServers: Operation<inputs.ObservedServerFilter, Page<ObservedServerView>>
  readonly listCredentials: Operation<inputs.CredentialFilter, Page<CredentialView>>
  readonly listResources: Operation<PageQuery, Page<ResourceView>>
  readonly listTools: Operation<PageQuery, Page<ReviewedToolView>>
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
  listObservedServers: list(
    "/inventory/servers",
    readers,
    "MCP servers that agents were seen to use",
    inputs.ObservedServerFilter,
    ObservedServerView,
  ),
  listCredentials: list(
    "/inventory/credentials",
    readers,
    "Credentials that agents were seen to hold",
    inputs.CredentialFilter,
    CredentialView,
  ),
  listResources: list(
    "/inventory/resources",
    readers,
    "Systems that agents reach, the most used first",
    Paged,
    ResourceView,
  ),
  listTools: list(
    "/inventory/tools",
    "signed-in",
    "Tools whose definitions were reviewed",
    Paged,
    ReviewedToolView,
  ),
}
