import { type Id, isId, newId, Problem, type Team, type TeamKeeper } from "@tabard/core"
import type { AuditEvent, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Caller } from "../registry/caller.ts"
import { requirePerson } from "../registry/require-person.ts"
import { indexTeams } from "../search/index-things.ts"
import type { Transact, Transaction } from "../transaction.ts"

export interface TeamDeps extends RecordContext {
  readonly transact: Transact<TeamStores>
}

type TeamStores = "organisation" | "outbox" | "search" | "teams" | "users"
type Stores = Pick<Transaction, TeamStores>

/** What administrators say of a team. */
export interface TeamWords {
  readonly name: string
  readonly externalName: string | null
  readonly keptBy: TeamKeeper
  /** The id of an active person, or nobody. */
  readonly lead: string | null
}

/** The most teams of an organisation: each sign-in is held against those that the provider keeps. */
export const MOST_TEAMS = 1000

/**
 * Makes a team that nobody belongs to yet.
 *
 * @throws {Problem} not_allowed, body_invalid, person_not_found, team_exists
 */
export async function makeTeam(deps: TeamDeps, by: Caller, words: TeamWords): Promise<Id<"team">> {
  assertAdministrator(by)
  return deps.transact(async (tx) => {
    await assertRoomForTeam(tx)
    const said = await checked(tx, words)
    const team: Team = { id: newId("team", deps.clock), ...said, createdAt: deps.clock.now() }
    if (!(await tx.teams.add(team))) throw teamTaken(said)
    await indexTeams(tx, [team])
    await recordEvent(deps, tx.outbox, told("team.made", by, { team: team.id, ...said }))
    return team.id
  })
}

/**
 * Gives a team other words. Who belongs to it stays, also where the provider keeps it from now on, until they sign in next.
 *
 * @throws {Problem} not_allowed, body_invalid, person_not_found, team_not_found, team_exists, team_kept_by_provider
 */
export async function changeTeam(deps: TeamDeps, by: Caller, id: string, words: TeamWords): Promise<void> {
  assertAdministrator(by)
  await deps.transact(async (tx) => {
    const team = await findTeam(tx.teams, id)
    const said = await checked(tx, words)
    assertNotItsProviders(team, said)
    if (!(await tx.teams.change({ id: team.id, ...said }))) throw teamTaken(said)
    await indexTeams(tx, [{ ...team, ...said }])
    await recordEvent(deps, tx.outbox, told("team.changed", by, { team: team.id, ...said }))
  })
}

/**
 * Removes a team: it helps with nothing any more, and its people see what they saw by it no longer.
 *
 * @throws {Problem} not_allowed, team_not_found
 */
export async function removeTeam(deps: TeamDeps, by: Caller, id: string): Promise<void> {
  assertAdministrator(by)
  await deps.transact(async (tx) => {
    await dropTeam(deps, tx, by, await findTeam(tx.teams, id))
  })
}

/**
 * Removes a team that was found, within a transaction that goes on.
 *
 * @throws {Problem} team_not_found
 */
export async function dropTeam(
  deps: RecordContext,
  tx: Stores,
  by: Caller,
  { id, name }: Team,
): Promise<void> {
  const members = (await tx.teams.membersOf([id])).length
  if (!(await tx.teams.remove(id))) throw notFound(id)
  await tx.search.forget("team", [id])
  await tx.organisation.bumpVersion()
  await recordEvent(deps, tx.outbox, told("team.removed", by, { team: id, name, members }))
}

/**
 * Makes sure that one more team may be.
 *
 * @throws {Problem} body_invalid
 */
export async function assertRoomForTeam({ teams }: Pick<Transaction, "teams">): Promise<void> {
  if ((await teams.list()).length >= MOST_TEAMS)
    throw new Problem("body_invalid", `an organisation has at most ${MOST_TEAMS} teams`)
}

/** Who is to be in a team, or in it no longer. */
export interface TeamPlace {
  readonly team: string
  readonly user: string
}

/**
 * Takes a person into a team that people keep. Twice is as once.
 *
 * @throws {Problem} not_allowed, person_not_found, team_not_found, team_kept_by_provider
 */
export async function addTeamMember(deps: TeamDeps, by: Caller, place: TeamPlace): Promise<void> {
  assertAdministrator(by)
  await deps.transact(async (tx) => {
    const team = keptByPeople(await findTeam(tx.teams, place.team))
    const person = await requirePerson(tx.users, place.user)
    const joinedAt = deps.clock.now()
    if (!(await tx.teams.join({ team: team.id, user: person.id, joinedAt }))) return
    await tx.organisation.bumpVersion()
    await recordEvent(deps, tx.outbox, told("team.member-added", by, placed(team, person.id)))
  })
}

/**
 * Takes a person out of a team that people keep: what they saw by it is gone at their next request.
 *
 * @throws {Problem} not_allowed, team_not_found, team_kept_by_provider
 */
export async function removeTeamMember(deps: TeamDeps, by: Caller, place: TeamPlace): Promise<void> {
  assertAdministrator(by)
  await deps.transact(async (tx) => {
    const team = keptByPeople(await findTeam(tx.teams, place.team))
    if (!isId("user", place.user) || !(await tx.teams.leave(team.id, place.user))) return
    await tx.organisation.bumpVersion()
    await recordEvent(deps, tx.outbox, told("team.member-removed", by, placed(team, place.user)))
  })
}

/**
 * Answers a team by what a caller named it.
 *
 * @throws {Problem} team_not_found
 */
export async function findTeam(teams: Pick<Transaction["teams"], "find">, id: string): Promise<Team> {
  const team = isId("team", id) ? await teams.find(id) : undefined
  if (!team) throw notFound(id)
  return team
}

/** Answers what an event says of a person's place in a team. */
export function placed({ id, name }: Team, user: Id<"user">): NonNullable<AuditEvent["data"]> {
  return { team: id, name, user }
}

async function checked({ users }: Stores, words: TeamWords): Promise<Omit<Team, "id" | "createdAt">> {
  const { keptBy, externalName, name } = words
  if (keptBy === "provider" && externalName === null) {
    throw new Problem(
      "body_invalid",
      "a team that the provider keeps needs the name that the provider has for it",
    )
  }
  const lead = words.lead === null ? null : (await requirePerson(users, words.lead)).id
  return { name, externalName, keptBy, lead }
}

function keptByPeople(team: Team): Team {
  if (team.keptBy === "people") return team
  const says =
    team.keptBy === "scim" ? "your directory says over SCIM" : "the OpenID provider says at each sign-in"
  throw new Problem("team_kept_by_provider", `who belongs to ${team.name} is what ${says}: change it there`)
}

/** What SCIM keeps is called what the directory calls it; administrators may take it back from SCIM, and name whom to ask. */
function assertNotItsProviders(team: Team, said: Pick<Team, "name" | "externalName" | "keptBy">): void {
  const stays = team.keptBy === "scim" && said.keptBy === "scim"
  if (!stays || (said.name === team.name && said.externalName === team.externalName)) return
  throw new Problem(
    "team_kept_by_provider",
    `${team.name} is called what your directory calls it: rename it there, or keep the team here`,
  )
}

function told(
  type: Extract<AuditEvent["type"], `team.${string}`>,
  { id }: Caller,
  data: NonNullable<AuditEvent["data"]>,
): AuditEvent {
  return { type, actor: { kind: "user", id }, data }
}

function assertAdministrator(by: Caller): void {
  if (by.role !== "administrator") throw new Problem("not_allowed", "administrators do this")
}

/** Says that a name of a team is another's. */
export function teamTaken({ name, externalName }: Pick<Team, "name" | "externalName">): Problem {
  const also = externalName === null ? "" : `, or is called ${externalName} outside`
  return new Problem("team_exists", `another team is called ${name}${also}`)
}

function notFound(id: string): Problem {
  return new Problem("team_not_found", `there is no team ${id.slice(0, 80)}`)
}
