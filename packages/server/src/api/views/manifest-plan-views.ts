import type { AgentPlanView, ManifestPlanView } from "@tabard/api"
import type { AgentPlan, ManifestPlan, Transaction } from "@tabard/control"
import { type Names, namesOf } from "./names.ts"

/** Shows a plan with today's names of whom it matters to. */
export async function manifestPlanView(
  tx: Pick<Transaction, "facts" | "servers" | "users">,
  { digest, changes, agents }: ManifestPlan,
): Promise<ManifestPlanView> {
  const concerned = agents.map((plan) => plan.concerned)
  const names = await namesOf(tx, {
    agents: [
      ...agents.map(({ agent }) => agent),
      ...concerned.flatMap(({ actingForIt, actedFor }) => [...actingForIt, ...actedFor]),
    ],
    people: concerned.flatMap(({ owner, maintainers, tasks }) => [
      owner,
      ...maintainers,
      ...tasks.map(({ onBehalfOf }) => onBehalfOf),
    ]),
  })
  const servers = new Map<string, string>((await tx.servers.list()).map(({ id, name }) => [id, name]))
  return { digest, changes, agents: agents.map((plan) => agentPlanView(plan, names, servers)) }
}

function agentPlanView(
  { concerned, ...plan }: AgentPlan,
  names: Names,
  servers: ReadonlyMap<string, string>,
): AgentPlanView {
  const { owner, maintainers, teams, tasks, installs, actingForIt, actedFor } = concerned
  return {
    ...plan,
    agent: names.agent(plan.agent),
    tools: plan.tools.map((change) => ({ ...change, server: servers.get(change.server) ?? change.server })),
    owner: owner && names.person(owner),
    maintainers: maintainers.map((id) => names.person(id)),
    teams: teams.length,
    tasks: tasks.map(({ id, onBehalfOf }) => ({ id, onBehalfOf: names.person(onBehalfOf) })),
    installs,
    actingForIt: actingForIt.map((id) => names.agent(id)),
    actedFor: actedFor.map((id) => names.agent(id)),
  }
}
