import { Problem, type ProblemCode } from "@tabard/core"
import { offerOwnership } from "../lifecycle/offer-ownership.ts"
import { retireAgent } from "../lifecycle/retire-agent.ts"
import type { RetirementDeps } from "../lifecycle/retirement/retirement-deps.ts"
import { dismissAgent, resumeAgent, suspendAgent } from "../lifecycle/stop-agent.ts"
import type { Caller } from "../registry/caller.ts"
import { describeAgent } from "../registry/describe-agent.ts"
import { addMaintainer } from "../registry/maintain-agent.ts"
import type { ActOnMany, AgentAct } from "./agent-act.ts"

/** What acting on many agents needs: what each of the single acts does. */
export type ActOnAgentsDeps = RetirementDeps

/** What came of an act on one of many agents. */
export type ActOutcome =
  | { readonly agent: string; readonly kind: "done" }
  | { readonly agent: string; readonly kind: "refused"; readonly code: ProblemCode; readonly says: string }
  /** A fault of ours: whether it happened, the agent itself tells. */
  | { readonly agent: string; readonly kind: "failed" }
  /** The time for one request was over before its turn came. */
  | { readonly agent: string; readonly kind: "not-reached" }

/** For how long one request may go on: well under what a client waits, and what an idempotency key stays taken for. */
const LONGEST_MS = 20_000

/**
 * Does one act to each of many agents, one after another, as a person would one by one: each is its own unit of work, by
 * the use case of that act, with its events. One that is refused or fails stops none of the others.
 */
export async function actOnAgents(
  deps: ActOnAgentsDeps,
  by: Caller,
  { act, agents }: ActOnMany,
): Promise<readonly ActOutcome[]> {
  const until = deps.clock.now().getTime() + LONGEST_MS
  const outcomes: ActOutcome[] = []
  for (const agent of agents) {
    const inTime = deps.clock.now().getTime() < until
    outcomes.push(inTime ? await tried(deps, by, { act, agent }) : { agent, kind: "not-reached" })
  }
  return outcomes
}

interface OneAct {
  readonly act: AgentAct
  readonly agent: string
}

async function tried(deps: ActOnAgentsDeps, by: Caller, one: OneAct): Promise<ActOutcome> {
  const { agent } = one
  try {
    await actOnOne(deps, by, one)
    return { agent, kind: "done" }
  } catch (error) {
    if (error instanceof Problem) return { agent, kind: "refused", code: error.code, says: error.message }
    deps.onFault(error)
    return { agent, kind: "failed" }
  }
}

function actOnOne(deps: ActOnAgentsDeps, by: Caller, { act, agent }: OneAct): Promise<unknown> {
  switch (act.kind) {
    case "suspend":
      return suspendAgent(deps, by, { agent, reason: act.reason })
    case "resume":
      return resumeAgent(deps, by, { agent, reason: act.reason })
    case "dismiss":
      return dismissAgent(deps, by, { agent, reason: act.reason })
    case "retire":
      return retireAgent(deps, by, { agent, reason: act.reason })
    case "offer-ownership":
      return offerOwnership(deps, by, { agent, to: act.to, note: act.note })
    case "add-maintainer":
      return addMaintainer(deps, by, { agent, user: act.user })
    case "set-next-review":
      return describeAgent(deps, by, { agent, change: { nextReview: act.day } })
  }
}
