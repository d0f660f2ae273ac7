import type { RiskPictureAgent, RiskPictureView } from "@tabard/api"
import { type KeptRisk, NOT_SCORED, type Transaction } from "@tabard/control"
import { AGENT_STATES, type Agent, effectiveFacts, type Fact } from "@tabard/core"
import { categoryOf } from "./described-view.ts"
import { agentName, type Names, namesOf } from "./names.ts"
import { riskSummary } from "./risk-views.ts"

/** As many as a picture can show and a store answers at once. */
const SHOWN = 1_000

/** Shows the riskiest agents as points of access × autonomy, with as many questions to the store for a thousand as for one. */
export async function riskPicture(
  tx: Pick<Transaction, "agents" | "facts" | "risks" | "users">,
): Promise<RiskPictureView> {
  const kept = new Map((await tx.risks.worst(SHOWN)).map((risk) => [risk.agent, risk]))
  const ids = [...kept.keys()]
  const facts = Map.groupBy(await tx.facts.of(ids), ({ subject }) => subject)
  const found = new Map((await tx.agents.findAll(ids)).map((agent) => [agent.id, agent]))
  const names = await namesOf(tx, { people: [...found.values()].map(({ owner }) => owner) })
  const agents = [...kept].flatMap(([id, risk]) => {
    const agent = found.get(id)
    return agent ? pointOf(agent, risk, { facts: facts.get(id) ?? [], names }) : []
  })
  return { agents, left: (await countScored(tx)) - agents.length }
}

/** A score from before its sides were kept has no place in the picture until it is made anew. */
function pointOf(
  agent: Agent,
  risk: KeptRisk,
  { facts, names }: { facts: readonly Fact[]; names: Names },
): readonly RiskPictureAgent[] {
  if (!risk.sides) return []
  const { id, state, owner } = agent
  const category = categoryOf(effectiveFacts(facts))
  const described = {
    id,
    name: agentName(facts),
    category,
    state,
    orphaned: owner === null || !names.isActive(owner),
  }
  return [{ ...described, ...riskSummary(risk), ...risk.sides }]
}

async function countScored({ agents }: Pick<Transaction, "agents">): Promise<number> {
  const counts = await agents.countByState()
  return AGENT_STATES.filter((state) => !NOT_SCORED.includes(state)).reduce(
    (sum, state) => sum + (counts[state] ?? 0),
    0,
  )
}
