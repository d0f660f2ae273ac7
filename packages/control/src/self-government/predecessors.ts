import { delegates, effectiveFacts, type Id, isId } from "@tabard/core"
import type { ApiToken } from "../api-tokens/api-token-store.ts"
import { mayAskFor, type RegisteredPoint } from "../decisions/enforcement-point-store.ts"
import type { Transaction } from "../transaction.ts"
import { answeringFor } from "./answering-for.ts"
import { isDirectorys, isGoverning } from "./governing-token.ts"
import type { GovernmentEdge, GovernmentRelation } from "./government-graph.ts"
import { type GovernmentNode, isGoverningPlace, personAt } from "./government-node.ts"
import { Keepers, MANIFEST_REPOSITORY } from "./keepers-of.ts"
import { isKeptPlace, type KeptPlace, keptKindOf, providerAt } from "./kept-place.ts"
import type { Reach } from "./reach-store.ts"
import { agentsUsing } from "./using-agents.ts"

/** The stores that say who has what in their hands. */
export type GovernmentReads = Pick<
  Transaction,
  | "agents"
  | "apiTokens"
  | "bindings"
  | "delegations"
  | "enforcementPoints"
  | "facts"
  | "maintainers"
  | "observations"
  | "observing"
  | "policies"
  | "reaches"
  | "servers"
  | "teams"
  | "trustRules"
  | "users"
>

/** The most that a store answers at once. */
const MOST = 1000

const STEWARDS = ["administrator", "security"] as const

/** Whose command line ended agents no longer run beside. */
const ENDED: readonly string[] = ["dismissed", "retired"]

/** Answers, one thing at a time, what has it in its hands by one step. */
export class Predecessors {
  readonly #tx: GovernmentReads
  readonly #now: Date
  readonly #keepers: Keepers
  #tokens: readonly ApiToken[] | undefined
  #points: readonly RegisteredPoint[] | undefined

  constructor(tx: GovernmentReads, now: Date) {
    this.#tx = tx
    this.#now = now
    this.#keepers = new Keepers(tx)
  }

  /** Answers the steps that lead to a thing. */
  async of(node: GovernmentNode): Promise<readonly GovernmentEdge[]> {
    if (isGoverningPlace(node)) return this.#ofPlace(node)
    if (isKeptPlace(node)) return this.#ofKeptPlace(node)
    if (isId("agent", node)) return this.#ofAgent(node)
    if (isId("user", node)) return this.#ofPerson(node)
    if (isId("team", node)) return this.#ofTeam(node)
    if (isId("apiToken", node)) return this.#ofToken(node)
    if (isId("server", node))
      return (await agentsUsing(this.#tx, node, this.#now)).map((agent) => step(agent, "uses", node))
    return this.#ofCommandLine(node)
  }

  async #ofPlace(place: Reach["to"]): Promise<readonly GovernmentEdge[]> {
    const declared = await this.#declared(place, "changes")
    if (place === "directory") return [...declared, ...(await this.#byToken(isDirectorys, place))]
    if (place !== "organisation") return declared
    const administered: GovernmentEdge[] = []
    for (const role of STEWARDS)
      for (const { id } of await this.#tx.users.page({ role, limit: MOST }))
        administered.push(step(id, "administers", place))
    return [...administered, ...declared, ...(await this.#byToken(isGoverning, place))]
  }

  async #byToken(
    which: (token: ApiToken) => boolean,
    place: "directory" | "organisation",
  ): Promise<readonly GovernmentEdge[]> {
    this.#tokens ??= await this.#tx.apiTokens.live(this.#now)
    return this.#tokens.filter(which).map(({ id }) => step(id, "changes", place))
  }

  /** Declared, and what is known of others' servers and workflows: who can change a repository changes what it keeps. */
  async #ofKeptPlace(place: KeptPlace): Promise<readonly GovernmentEdge[]> {
    const workflows = keptKindOf(place) === "repository" ? await this.#keepers.workflowsOf(place) : []
    return [
      ...(await this.#declared(place, "changes")),
      ...(await this.#keepers.serversOf(place)).map((server) => step(server, "changes", place)),
      ...workflows.map((agent) => step(agent, "is-workflow-of", place)),
    ]
  }

  /** Whoever changes a provider by which a person signs in can sign in as that person. */
  async #ofPerson(person: Id<"user">): Promise<readonly GovernmentEdge[]> {
    const issuers = await this.#tx.bindings.issuersOf(person)
    return [
      step("directory", "names", person),
      ...issuers.map((issuer) => step(providerAt(issuer), "names", person)),
    ]
  }

  async #ofAgent(agent: Id<"agent">): Promise<readonly GovernmentEdge[]> {
    const { agents, delegations, maintainers } = this.#tx
    const owner = (await agents.findAll([agent]))[0]?.owner
    const helping = await maintainers.of([agent])
    const teams = await maintainers.teamsOf([agent])
    const given = await delegations.list({ agent, limit: MOST })
    return [
      ...(["organisation", "manifests", "pipeline"] as const).map((place) =>
        step(place, "constrains", agent),
      ),
      ...(await this.#keptIn(agent)).map((place) => step(place, "constrains", agent)),
      ...(owner ? [step(owner, "owns", agent)] : []),
      ...helping.map(({ user }) => step(user, "helps-with", agent)),
      ...teams.map(({ team }) => step(team, "helps-with", agent)),
      ...given
        .filter((one) => one.from === agent && delegates(one, this.#now))
        .map(({ to }) => step(to, "acts-for", agent)),
      ...(await answeringFor(this.#tx, agent)).map((who) => step(who, "answers-for", agent)),
      ...(await this.#statingFactsOf(agent)),
      ...(await this.#declared(agent, "made")),
    ]
  }

  async #keptIn(agent: Id<"agent">): Promise<readonly KeptPlace[]> {
    const said = await this.#tx.facts.of([agent])
    return said.flatMap(({ name, value }) =>
      name === MANIFEST_REPOSITORY && typeof value === "string" && isKeptPlace(value) ? [value] : [],
    )
  }

  /** Whoever holds the token of a door that may state facts writes the evidence that an agent is judged by. */
  async #statingFactsOf(agent: Id<"agent">): Promise<readonly GovernmentEdge[]> {
    this.#points ??= await this.#tx.enforcementPoints.list({ limit: MOST })
    return this.#points
      .filter((point) => point.asserts.length > 0 && mayAskFor(point, agent))
      .map(({ apiToken }) => step(apiToken, "states-facts-of", agent))
  }

  async #ofTeam(team: Id<"team">): Promise<readonly GovernmentEdge[]> {
    const members = await this.#tx.teams.membersOf([team])
    return [
      step("directory", "names", team),
      ...(await this.#providersOf(team)),
      ...members.map(({ user }) => step(user, "belongs-to", team)),
    ]
  }

  /** Whoever changes a provider by which groups come says who belongs to a team that it keeps. */
  async #providersOf(team: Id<"team">): Promise<readonly GovernmentEdge[]> {
    if ((await this.#tx.teams.find(team))?.keptBy !== "provider") return []
    const issuers = await this.#tx.bindings.issuers()
    return issuers.map((issuer) => step(providerAt(issuer), "names", team))
  }

  /** Declared, and seen by scans: what is held where an agent runs is the agent's to use. */
  async #ofToken(token: Id<"apiToken">): Promise<readonly GovernmentEdge[]> {
    const declared = await this.#declared(token, "holds")
    const fingerprint = (await this.#tx.apiTokens.find(token))?.fingerprint
    if (!fingerprint) return declared
    const found = await this.#tx.observations.withFingerprints([fingerprint])
    const users = await this.#tx.observations.usersOf(found.map(({ id }) => id))
    const seen = [...users.values()].flat()
    return [...declared, ...seen.map((agent) => step(agent, "is-found-with", token))]
  }

  async #declared(to: Reach["to"], relation: GovernmentRelation): Promise<readonly GovernmentEdge[]> {
    return (await this.#tx.reaches.into([to])).map(({ holder }) => step(holder, relation, to))
  }

  /** Local agents of a person can use what lies at that person's command line. */
  async #ofCommandLine(node: GovernmentNode): Promise<readonly GovernmentEdge[]> {
    const person = personAt(node)
    if (!person) return []
    const owned = (await this.#tx.agents.list({ owner: person, limit: MOST })).filter(
      ({ state }) => !ENDED.includes(state),
    )
    const facts = await this.#tx.facts.of(owned.map(({ id }) => id))
    const local = [...Map.groupBy(facts, ({ subject }) => subject)].filter(
      ([, own]) => effectiveFacts(own).get("category")?.value === "local",
    )
    return local.flatMap(([subject]) => (isId("agent", subject) ? [step(subject, "runs-beside", node)] : []))
  }
}

function step(from: GovernmentNode, relation: GovernmentRelation, to: GovernmentNode): GovernmentEdge {
  return { from, relation, to }
}
