import type { CedarValue, EntityRef } from "./cedar/values.ts"
import { uid } from "./cedar.ts"
import { textOf, wholeNumberOf } from "./fact-malformed.ts"
import type { AgentFacts, Question, TaskFacts, UserFacts } from "./question.ts"

/** One link of the chain: who is asked, what they belong to, and everything about them that Cedar is told. */
export interface Link {
  readonly name: string
  readonly principal: EntityRef
  readonly ancestors: readonly EntityRef[]
}

/** One entity, with all that Cedar is told of it. */
export interface KnownEntity {
  readonly ref: EntityRef
  readonly attrs: ReadonlyMap<string, CedarValue>
  readonly parents: readonly EntityRef[]
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

/**
 * Answers the entities that a decision may look at, but for what is acted on within the server: links, the server, and their
 * ancestors.
 *
 * @throws {FactMalformed}
 */
export function entitiesOf(question: Question): KnownEntity[] {
  const home = uid("Organisation", question.organisation)
  const { user, task, agents } = question.links
  const system = question.server.system === undefined ? [] : [uid("System", question.server.system)]
  return distinct([
    ...(user ? userEntities(user, home) : []),
    ...(task ? [entity(uid("Task", task.id), [uid("Agent", task.agent)])] : []),
    ...agents.flatMap((agent) => agentEntities(agent, home)),
    entity(uid("Server", question.server.id), system),
    ...system.map((each) => entity(each, [home])),
    entity(home, []),
  ])
}

/** Answers what is acted on within a server. */
export function resourceEntity(resource: EntityRef, server: EntityRef): KnownEntity {
  return entity(resource, [server])
}

function linkOf(principal: EntityRef, ancestors: readonly EntityRef[]): Link {
  return { name: principal.type.slice("Tabard::".length).toLowerCase(), principal, ancestors }
}

function taskAgentParents(task: TaskFacts, agents: readonly AgentFacts[], home: EntityRef): EntityRef[] {
  const agent = agents.find(({ id }) => id === task.agent)
  return agent ? agentParents(agent, home) : []
}

function agentParents({ tier, blueprint }: AgentFacts, home: EntityRef): EntityRef[] {
  return [uid("Tier", tier), ...(blueprint === undefined ? [] : [uid("Blueprint", blueprint)]), home]
}

function userEntities(user: UserFacts, home: EntityRef): KnownEntity[] {
  const teams = teamsOf(user)
  const attrs = new Map([["active", user.active]])
  return [entity(uid("User", user.id), [...teams, home], attrs), ...teams.map((team) => entity(team, [home]))]
}

function agentEntities(agent: AgentFacts, home: EntityRef): KnownEntity[] {
  const parents = agentParents(agent, home)
  const attrs = new Map<string, CedarValue>([
    ["category", textOf(agent.category)],
    ["risk", wholeNumberOf(Math.round(agent.risk))],
  ])
  if (agent.owner !== undefined) attrs.set("owner", uid("User", textOf(agent.owner)))
  const groups = parents.filter((parent) => parent !== home)
  return [entity(uid("Agent", agent.id), parents, attrs), ...groups.map((group) => entity(group, [home]))]
}

function teamsOf({ teams = [] }: UserFacts): EntityRef[] {
  return teams.map((team) => uid("Team", team))
}

function entity(
  ref: EntityRef,
  parents: readonly EntityRef[],
  attrs: KnownEntity["attrs"] = NO_ATTRIBUTES,
): KnownEntity {
  for (const { id } of [ref, ...parents]) textOf(id)
  return { ref, attrs, parents }
}

const NO_ATTRIBUTES: KnownEntity["attrs"] = new Map()

/** Two agents of one chain share their tier; Cedar takes each entity once. */
function distinct(entities: readonly KnownEntity[]): KnownEntity[] {
  return [...new Map(entities.map((each) => [each.ref.key, each])).values()]
}
