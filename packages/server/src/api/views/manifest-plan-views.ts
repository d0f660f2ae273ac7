import type { AgentPlanView, ManifestPlanView } from "@tabard/api"
import type { AgentPlan, ManifestPlan, ToolChange, Transaction } from "@tabard/control"
import { type Names, namesOf } from "./names.ts"

/** Shows a plan with today's names of whom it matters to. */
export async function manifestPlanView(
  tx: Pick<Transaction, "facts" | "servers" | "users">,
  { agents, affected, unfiled, ...told }: ManifestPlan,
): Promise<ManifestPlanView> {
  const concerned = agents.map((plan) => plan.concerned)
  const names = await namesOf(tx, {
    agents: [
      ...agents.map(({ agent }) => agent),
      ...affected.map(({ agent }) => agent),
      ...unfiled,
      ...concerned.flatMap(({ actingForIt, actedFor }) => [...actingForIt, ...actedFor]),
    ],
    people: concerned.flatMap(({ owner, maintainers, tasks }) => [
      owner,
      ...maintainers,
      ...tasks.map(({ onBehalfOf }) => onBehalfOf),
    ]),
  })
  const servers = new Map<string, string>((await tx.servers.list()).map(({ id, name }) => [id, name]))
  return {
    ...told,
    agents: agents.map((each) => agentPlanView(each, names, servers)),
    unfiled: unfiled.map((id) => names.agent(id)),
    affected: affected.map(({ agent, tools, ...rest }) => ({
      ...rest,
      agent: names.agent(agent),
      tools: toolsView(tools, servers),
    })),
  }
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
    tools: toolsView(plan.tools, servers),
    owner: owner && names.person(owner),
    maintainers: maintainers.map((id) => names.person(id)),
    teams: teams.length,
    tasks: tasks.map(({ id, onBehalfOf }) => ({ id, onBehalfOf: names.person(onBehalfOf) })),
    installs,
    actingForIt: actingForIt.map((id) => names.agent(id)),
    actedFor: actedFor.map((id) => names.agent(id)),
  }
}

function toolsView(
  tools: readonly ToolChange[],
  servers: ReadonlyMap<string, string>,
): AgentPlanView["tools"] {
  return tools.map((change) => ({ ...change, server: servers.get(change.server) ?? change.server }))
}
