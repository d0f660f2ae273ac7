import { stewards } from "./access-groups.ts"
import { Adoption, ById, ManifestText, ManifestWish, WithReason } from "./inputs.ts"
import { AgentFilter } from "./list-inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post, put } from "./operation-makers.ts"
import type { Page } from "./paging.ts"
import { AgentDetail, AgentSummary } from "./views/agent.ts"
import { ManifestMeaning } from "./views/manifest.ts"

/** The agents of the inventory, and each step of their lives. */
export interface AgentOperations {
  readonly listAgents: Operation<AgentFilter, Page<AgentSummary>>
  readonly getAgent: Operation<ById, AgentDetail>
  readonly adoptAgent: Operation<Adoption, AgentDetail>
  readonly activateAgent: Operation<ById, AgentDetail>
  readonly putManifest: Operation<ManifestWish, AgentDetail>
  readonly checkManifest: Operation<ManifestText, ManifestMeaning>
  readonly suspendAgent: Operation<WithReason, AgentDetail>
  readonly quarantineAgent: Operation<WithReason, AgentDetail>
  readonly resumeAgent: Operation<WithReason, AgentDetail>
  readonly retireAgent: Operation<WithReason, AgentDetail>
  readonly signRetirement: Operation<WithReason, AgentDetail>
  readonly dismissAgent: Operation<WithReason, AgentDetail>
}

export const AGENT_OPERATIONS: AgentOperations = {
  listAgents: list("/agents", "signed-in", "The inventory", AgentFilter, AgentSummary),
  getAgent: get("/agents/:id", "signed-in", "One agent with what is known of it", ById, AgentDetail),
  adoptAgent: post(
    "/agents/:id/adoption",
    stewards,
    "Takes ownership of a discovered agent",
    Adoption,
    AgentDetail,
  ),
  activateAgent: post(
    "/agents/:id/activation",
    stewards,
    "Agrees, as the second person, to an adoption",
    ById,
    AgentDetail,
  ),
  putManifest: put(
    "/agents/:id/manifest",
    "signed-in",
    "Declares what an agent is for and may do",
    ManifestWish,
    AgentDetail,
  ),
  checkManifest: post(
    "/agents/:id/manifest/check",
    "signed-in",
    "Says every problem of a manifest, or what it would mean, and puts nothing in force",
    ManifestText,
    ManifestMeaning,
  ),
  suspendAgent: post(
    "/agents/:id/suspension",
    "signed-in",
    "Stops an agent at once",
    WithReason,
    AgentDetail,
  ),
  quarantineAgent: post(
    "/agents/:id/quarantine",
    stewards,
    "Stops an agent at once until a person has looked at it",
    WithReason,
    AgentDetail,
  ),
  resumeAgent: post(
    "/agents/:id/resumption",
    "signed-in",
    "Lets a stopped agent act again",
    WithReason,
    AgentDetail,
  ),
  retireAgent: post("/agents/:id/retirement", "signed-in", "Ends an agent for ever", WithReason, AgentDetail),
  signRetirement: post(
    "/agents/:id/retirement/exception",
    "signed-in",
    "Signs that a retiring agent is retired although credentials of others are not settled",
    WithReason,
    AgentDetail,
  ),
  dismissAgent: post(
    "/agents/:id/dismissal",
    stewards,
    "Says that a discovery is not an agent",
    WithReason,
    AgentDetail,
  ),
}
