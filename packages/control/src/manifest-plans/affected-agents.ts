import type { Agent } from "@tabard/core"
import { policyMeaning } from "@tabard/policy"
import { type AgentCoverage, coverageOf } from "../policies/policy-coverage.ts"
import type { Transaction } from "../transaction.ts"
import { plannedRisk, type StandingReads } from "./agent-standing.ts"
import { toolChanges } from "./compare-standing.ts"
import type { AffectedAgent } from "./document-plan.ts"
import type { PlannedRisk } from "./manifest-plan.ts"

/** The most active agents that are looked at for what documents do to them. */
export const MOST_LOOKED = 100

/** An agent as far as the organisation's documents can change it. */
export interface LookedAgent {
  readonly agent: Agent
  readonly tools: AgentCoverage["tools"]
  readonly risk: PlannedRisk
  /** What its manifest comes to. */
  readonly means: string
  readonly mayAct: boolean
}

/** Answers active agents other than some, each with what documents could change of it. */
export async function lookedAgents(
  tx: StandingReads & Pick<Transaction, "agents">,
  organisation: string,
  others: readonly Agent["id"][],
): Promise<readonly LookedAgent[]> {
  const active = await tx.agents.list({ state: "active", limit: MOST_LOOKED + others.length })
  const agents = active.filter(({ id }) => !others.includes(id)).slice(0, MOST_LOOKED)
  return lookAt(tx, organisation, agents)
}

/** Answers those of some agents whom something became otherwise of since they were looked at. */
export async function affectedOf(
  tx: StandingReads,
  organisation: string,
  before: readonly LookedAgent[],
): Promise<readonly AffectedAgent[]> {
  const after = await lookAt(
    tx,
    organisation,
    before.map(({ agent }) => agent),
  )
  return before.flatMap((was, index) => {
    const is = after[index]
    return is ? affected(was, is) : []
  })
}

async function lookAt(
  tx: StandingReads,
  organisation: string,
  agents: readonly Agent[],
): Promise<readonly LookedAgent[]> {
  const coverage = await coverageOf(tx, organisation, agents)
  const looked: LookedAgent[] = []
  for (const [index, agent] of agents.entries()) {
    const set = await tx.policies.current("intent", agent.id)
    const policies = set?.policies ?? []
    looked.push({
      agent,
      tools: coverage[index]?.tools ?? [],
      risk: await plannedRisk(tx, agent),
      means: JSON.stringify(policies.map(policyMeaning).toSorted()),
      mayAct: policies.length > 0,
    })
  }
  return looked
}

function affected(was: LookedAgent, is: LookedAgent): readonly AffectedAgent[] {
  const tools = toolChanges(was.tools, is.tools)
  const isSame = tools.length === 0 && was.means === is.means && was.risk.score === is.risk.score
  if (isSame) return []
  const risk = { before: was.risk, after: is.risk }
  return [{ agent: was.agent.id, stops: was.mayAct && !is.mayAct, tools, risk }]
}
