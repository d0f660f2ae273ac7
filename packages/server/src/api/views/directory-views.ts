import type { AgentRef, DirectoryPersonView, PersonDetail, PersonView } from "@tabard/api"
import { findPerson, type Transaction, waysInOf } from "@tabard/control"
import type { Id, User } from "@tabard/core"
import { namesOf } from "./names.ts"

/** Shows these people, with their managers and teams. */
export async function directoryPeople(
  tx: Pick<Transaction, "provisioned" | "teams" | "users">,
  people: readonly User[],
): Promise<readonly DirectoryPersonView[]> {
  const managers = await tx.users.findAll(people.flatMap(({ manager }) => manager ?? []))
  const everybody = new Map(managers.map((user) => [user.id, user]))
  const ids = people.map(({ id }) => id)
  const teams = await tx.teams.teamsOf(ids)
  const kept = await tx.provisioned.of(ids)
  return people.map(({ id, name, email, role, active, manager, erasedAt }) => ({
    id,
    name,
    email,
    role,
    active,
    erased: erasedAt !== undefined,
    manager: personView(manager && everybody.get(manager)),
    teams: (teams.get(id) ?? []).map((team) => ({ id: team.id, name: team.name })),
    keptBy: kept.has(id) ? "scim" : "people",
  }))
}

type Reads = Pick<
  Transaction,
  | "agents"
  | "bindings"
  | "facts"
  | "invitations"
  | "maintainers"
  | "provisioned"
  | "sessions"
  | "successors"
  | "teams"
  | "users"
>

/** The most agents of a person that are named. */
const NAMED = 200

/** The most that a store answers at once. */
const MOST = 1000

/** Shows everything that the directory knows of a person, and to administrators how they can come in. */
export async function personDetail(
  tx: Reads,
  { by, now }: { by: User; now: Date },
  id: string,
): Promise<PersonDetail> {
  const person = await findPerson(tx.users, id)
  const [view] = await directoryPeople(tx, [person])
  if (!view) throw new Error("a person who was found has a view")
  const owned = await tx.agents.list({ owner: person.id, limit: MOST })
  const helped = await tx.maintainers.helpedBy(person.id)
  const reports = (await tx.users.list()).filter(({ manager }) => manager === person.id)
  return {
    ...view,
    since: person.createdAt.toISOString(),
    successor: await successorOf(tx, person.id),
    reports: reports.map(({ id: report, name }) => ({ id: report, name })),
    owns: await agentRefs(
      tx,
      owned.slice(0, NAMED).map((agent) => agent.id),
    ),
    ownsCount: owned.length,
    helpsWith: await agentRefs(tx, helped.slice(0, NAMED)),
    waysIn: by.role === "administrator" ? await waysInView(tx, person.id, now) : null,
    provisioned: by.role === "administrator" ? await provisionedView(tx, person.id) : null,
  }
}

/** Shows who is asked first once its owner, or they themselves, leave. */
export async function successorOf(
  { successors, users }: Pick<Transaction, "successors" | "users">,
  of: Id<"agent"> | Id<"user">,
): Promise<PersonView | null> {
  const named = (await successors.of([of])).get(of)
  return personView(named && (await users.find(named.user)))
}

/** Shows agents by their names of today; those that whoever asks may not see are left out. */
export async function agentRefs(
  tx: Pick<Transaction, "agents" | "facts" | "users">,
  ids: readonly Id<"agent">[],
): Promise<readonly AgentRef[]> {
  const agents = await tx.agents.findAll(ids)
  const names = await namesOf(tx, { agents: agents.map(({ id }) => id) })
  return agents.map(({ id }) => names.agent(id))
}

async function waysInView(
  tx: Reads,
  user: Id<"user">,
  now: Date,
): Promise<NonNullable<PersonDetail["waysIn"]>> {
  const { invitedUntil, ...ways } = await waysInOf(tx, user, now)
  return { ...ways, invitedUntil: invitedUntil?.toISOString() ?? null }
}

async function provisionedView(tx: Reads, user: Id<"user">): Promise<PersonDetail["provisioned"]> {
  const kept = (await tx.provisioned.of([user])).get(user)
  if (!kept) return null
  const { userName, externalId, switchedOff, changedAt } = kept
  return { userName, externalId, switchedOff, changedAt: changedAt.toISOString() }
}

function personView(user: User | undefined): PersonView | null {
  return user ? { id: user.id, name: user.name } : null
}
