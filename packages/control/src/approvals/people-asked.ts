import { type Agent, type Asked, type AskParty, askWords, type Id, isId, readAskRoute } from "@tabard/core"
import type { Transaction } from "../transaction.ts"

/** The stores that say who somebody is to an agent. */
export type AskedReads = Pick<Transaction, "agents" | "maintainers" | "teams" | "users">

/** How many different people of whom have to agree, for one route. */
export interface RoutePeople {
  readonly route: string
  readonly needed: number
  /** Who may agree now, each once. */
  readonly people: readonly Id<"user">[]
}

/** What a route is looked at for: the links of a question, the person served first. */
export interface AskingChain {
  readonly chain: readonly string[]
}

/** Who an agent serves and belongs to: what it asks for is theirs, so they answer only as such. */
interface Parties {
  /** Those that act, the one that asks first. */
  readonly agents: readonly Agent[]
  /** Who owns the agent whose standing is used. */
  readonly owner: Id<"user"> | null
  readonly served: Id<"user"> | null
  readonly bound: ReadonlySet<Id<"user">>
}

/** The most that a store answers at once. */
const MOST = 1000

/**
 * Answers for each route how many of whom have to agree, as people and teams are now. Whom the agents of the question serve
 * and belong to count as `owner` and `user` alone: by any other route somebody else is asked. A route that nobody can read
 * has nobody.
 */
export async function peopleAsked(
  tx: AskedReads,
  question: AskingChain,
  routes: readonly string[],
): Promise<readonly RoutePeople[]> {
  const parties = await partiesOf(tx, question)
  const asked: RoutePeople[] = []
  for (const route of new Set(routes)) {
    const { needed, of } = readAskRoute(route) ?? { needed: 1, of: [] }
    const named: Id<"user">[] = []
    for (const one of of) named.push(...(await candidates(tx, parties, one)))
    asked.push({ route, needed, people: await activeOf(tx, named) })
  }
  return asked
}

/** Answers the first route that too few people can agree by, in words; undefined where each has enough. */
export function shortOfPeople(asked: readonly RoutePeople[]): string | undefined {
  const short = asked.find(({ needed, people }) => people.length < needed)
  if (!short) return undefined
  const { route, people } = short
  const who = askWords(route)
  if (readAskRoute(route) === undefined)
    return `this needs the agreement of ${who}, and nobody is registered for it`
  const found = people.length === 0 ? "nobody who may answer is" : `only ${people.length} who may answer are`
  return `this needs the agreement of ${who}, and ${found} there: whom the agent serves or belongs to does not count as somebody else`
}

async function partiesOf({ agents }: AskedReads, { chain }: AskingChain): Promise<Parties> {
  const ids = chain.filter((link) => isId("agent", link))
  const found = new Map((await agents.findAll([...new Set(ids)])).map((agent) => [agent.id, agent]))
  const acting = ids.flatMap((id) => found.get(id) ?? [])
  const owner = acting.at(-1)?.owner ?? null
  // An owner's own errand names nobody besides: their word is the mandate itself.
  const served = chain.find((link) => isId("user", link)) ?? owner
  const bound = [served, ...acting.map((agent) => agent.owner)].filter((one) => one !== null)
  return { agents: acting, owner, served, bound: new Set(bound) }
}

async function candidates(tx: AskedReads, parties: Parties, asked: Asked): Promise<readonly Id<"user">[]> {
  const { bound } = parties
  switch (asked.kind) {
    case "party":
      return asked.party === "owner" || asked.party === "user"
        ? ownPeople(parties, asked.party)
        : without(bound, await PEOPLE_OF[asked.party](tx, parties))
    case "team":
      return without(bound, await membersOf(tx, asked.team))
    case "person":
      return without(bound, await personOf(tx, asked.person))
  }
}

function ownPeople({ owner, served }: Parties, party: "owner" | "user"): readonly Id<"user">[] {
  const person = party === "owner" ? owner : served
  return person ? [person] : []
}

type PeopleOf = (tx: AskedReads, parties: Parties) => Promise<readonly Id<"user">[]>

const PEOPLE_OF: Readonly<Record<Exclude<AskParty, "owner" | "user">, PeopleOf>> = {
  manager: managerOf,
  maintainers: maintainersOf,
  // Whoever administers may do what security may.
  security: async ({ users }) => [
    ...(await ofRole(users, "security")),
    ...(await ofRole(users, "administrator")),
  ],
  administrator: ({ users }) => ofRole(users, "administrator"),
}

async function managerOf({ users }: AskedReads, { served }: Parties): Promise<readonly Id<"user">[]> {
  const manager = served && (await users.find(served))?.manager
  return manager ? [manager] : []
}

async function maintainersOf(
  { maintainers, teams }: AskedReads,
  { agents }: Parties,
): Promise<readonly Id<"user">[]> {
  const first = agents.at(-1)
  if (!first) return []
  const people = await maintainers.of([first.id])
  const helping = await maintainers.teamsOf([first.id])
  const members = await teams.membersOf(helping.map(({ team }) => team))
  return [...people, ...members].map(({ user }) => user)
}

async function ofRole(
  users: AskedReads["users"],
  role: "administrator" | "security",
): Promise<readonly Id<"user">[]> {
  return (await users.page({ role, active: true, limit: MOST })).map(({ id }) => id)
}

async function membersOf({ teams }: AskedReads, named: string): Promise<readonly Id<"user">[]> {
  const team = isId("team", named)
    ? await teams.find(named)
    : (await teams.list()).find(({ name }) => name.toLowerCase() === named.toLowerCase())
  return team ? (await teams.membersOf([team.id])).map(({ user }) => user) : []
}

async function personOf({ users }: AskedReads, named: string): Promise<readonly Id<"user">[]> {
  const person = isId("user", named) ? await users.find(named) : await users.findByEmail(named)
  return person ? [person.id] : []
}

function without(bound: ReadonlySet<Id<"user">>, people: readonly Id<"user">[]): readonly Id<"user">[] {
  return people.filter((person) => !bound.has(person))
}

async function activeOf({ users }: AskedReads, named: readonly Id<"user">[]): Promise<readonly Id<"user">[]> {
  const people = await users.findAll([...new Set(named)])
  return people.filter(({ active }) => active).map(({ id }) => id)
}
