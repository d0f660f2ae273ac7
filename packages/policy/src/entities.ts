import { type CedarValueJson, type EntityJson, type EntityUid, uid } from "./cedar.ts"
import type { AgentFacts, Question, TaskFacts, UserFacts } from "./question.ts"

/** One link of the chain: who is asked, what they belong to, and everything about them that Cedar is told. */
export interface Link {
  readonly name: string
  readonly principal: EntityUid
  readonly ancestors: readonly EntityUid[]
}

/** Answers the links of a question, the person first: each is asked by itself. */
export function linksOf({
  organisation,
  links: { user, task, agents },
}: Pick<Question, "organisation" | "links">): Link[] {
  const home = uid("Organisation", organisation)
  return [
    ...(user ? [linkOf(uid("User", user.id), [...teamsOf(user), home])] : []),
    ...(task
      ? [linkOf(uid("Task", task.id), [uid("Agent", task.agent), ...taskAgentParents(task, agents, home)])]
      : []),
    ...agents.map((agent) => linkOf(uid("Agent", agent.id), agentParents(agent, home))),
  ]
}

/** Answers the entities that a decision may look at: links, what is acted on, and their ancestors. */
export function entitiesOf(question: Question, resource: EntityUid): EntityJson[] {
  const home = uid("Organisation", question.organisation)
  const { user, task, agents } = question.links
  const system = question.server.system === undefined ? [] : [uid("System", question.server.system)]
  const server = uid("Server", question.server.id)
  return distinct([
    ...(user ? [entity(uid("User", user.id), [...teamsOf(user), home], { active: user.active })] : []),
    ...(user ? teamsOf(user).map((team) => entity(team, [home])) : []),
    ...(task ? [entity(uid("Task", task.id), [uid("Agent", task.agent)])] : []),
    ...agents.flatMap((agent) => agentEntities(agent, home)),
    entity(server, system),
    ...system.map((each) => entity(each, [home])),
    ...(resource.id === server.id ? [] : [entity(resource, [server])]),
    entity(home, []),
  ])
}

function linkOf(principal: EntityUid, ancestors: readonly EntityUid[]): Link {
  return { name: principal.type.slice("Tabard::".length).toLowerCase(), principal, ancestors }
}

function taskAgentParents(task: TaskFacts, agents: readonly AgentFacts[], home: EntityUid): EntityUid[] {
  const agent = agents.find(({ id }) => id === task.agent)
  return agent ? agentParents(agent, home) : []
}

function agentParents({ tier, blueprint }: AgentFacts, home: EntityUid): EntityUid[] {
  return [uid("Tier", tier), ...(blueprint === undefined ? [] : [uid("Blueprint", blueprint)]), home]
}

function agentEntities(agent: AgentFacts, home: EntityUid): EntityJson[] {
  const parents = agentParents(agent, home)
  const owner = agent.owner === undefined ? {} : { owner: { __entity: uid("User", agent.owner) } }
  const attrs = { ...owner, category: agent.category, risk: Math.round(agent.risk) }
  const groups = parents.filter((parent) => parent !== home)
  return [entity(uid("Agent", agent.id), parents, attrs), ...groups.map((group) => entity(group, [home]))]
}

function teamsOf({ teams = [] }: UserFacts): EntityUid[] {
  return teams.map((team) => uid("Team", team))
}

function entity(
  name: EntityUid,
  parents: readonly EntityUid[],
  attrs: Record<string, CedarValueJson> = {},
): EntityJson {
  return { uid: { ...name }, attrs, parents: parents.map((parent) => ({ ...parent })) }
}

/** Two agents of one chain share their tier; Cedar takes each entity once. */
function distinct(entities: readonly EntityJson[]): EntityJson[] {
  return [...new Map(entities.map((each) => [JSON.stringify(each.uid), each])).values()]
}
