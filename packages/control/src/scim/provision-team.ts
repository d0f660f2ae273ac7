import { type Id, isId, newId, Problem, type Team } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvents } from "../audit/event/record-event.ts"
import { assertRoomForTeam, dropTeam, teamTaken } from "../directory/teams.ts"
import type { Caller } from "../registry/caller.ts"
import { indexTeams } from "../search/index-things.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { told } from "./provision-person.ts"
import { changeMembers, type MemberStep } from "./team-members.ts"

export interface ProvisionTeamDeps extends RecordContext {
  readonly transact: Transact<TeamStores>
}

type TeamStores = "organisation" | "outbox" | "search" | "teams" | "users"

/** What a provider says of a group in one request; what it does not say stays as it is. */
export interface TeamSaid {
  readonly name?: string
  readonly externalId?: string | null
  readonly members?: readonly MemberStep[]
}

/**
 * Makes a team that SCIM keeps, with its people.
 *
 * @throws {Problem} body_invalid, body_too_large, team_exists
 */
export async function provisionTeam(
  deps: ProvisionTeamDeps,
  by: Caller,
  { name, externalId = null, members = [] }: TeamSaid,
): Promise<Id<"team">> {
  if (name === undefined)
    throw new Problem("body_invalid", "displayName: it is needed, and must not be empty")
  return deps.transact(async (tx) => {
    await assertRoomForTeam(tx)
    const words = { name, externalName: externalId, keptBy: "scim", lead: null } as const
    const team: Team = { id: newId("team", deps.clock), ...words, createdAt: deps.clock.now() }
    if (!(await tx.teams.add(team))) throw teamTaken(words)
    await indexTeams(tx, [team])
    const joined = await changeMembers(tx, team, members, deps.clock.now())
    if (joined.length > 0) await tx.organisation.bumpVersion()
    const made = { type: "team.made", data: { team: team.id, ...words } } as const
    await recordEvents(deps, tx.outbox, [made, ...joined].map(told(by)))
    return team.id
  })
}

/**
 * Takes what a provider says of a team that SCIM keeps, all of it or none.
 *
 * @throws {Problem} team_not_found, body_invalid, body_too_large, team_exists
 */
export async function changeProvisionedTeam(
  deps: ProvisionTeamDeps,
  by: Caller,
  id: string,
  said: TeamSaid,
): Promise<void> {
  await deps.transact(async (tx) => {
    const before = await findProvisionedTeam(tx.teams, id)
    const { name = before.name, externalId = before.externalName } = said
    const team: Team = { ...before, name, externalName: externalId }
    const isChanged = name !== before.name || externalId !== before.externalName
    if (isChanged && !(await tx.teams.change(team))) throw teamTaken(team)
    if (isChanged) await indexTeams(tx, [team])
    const moved = await changeMembers(tx, team, said.members ?? [], deps.clock.now())
    if (moved.length > 0) await tx.organisation.bumpVersion()
    const { lead, keptBy } = team
    const data = { team: team.id, name, externalName: externalId, keptBy, lead }
    const changed = isChanged ? [{ type: "team.changed", data } as const] : []
    await recordEvents(deps, tx.outbox, [...changed, ...moved].map(told(by)))
  })
}

/**
 * Removes a team that SCIM keeps, as an administrator removes one.
 *
 * @throws {Problem} team_not_found
 */
export async function removeProvisionedTeam(deps: ProvisionTeamDeps, by: Caller, id: string): Promise<void> {
  await deps.transact(async (tx) => dropTeam(deps, tx, by, await findProvisionedTeam(tx.teams, id)))
}

/**
 * Answers a team that SCIM keeps: those that people or sign-ins keep are not there for it.
 *
 * @throws {Problem} team_not_found
 */
export async function findProvisionedTeam(
  teams: Pick<Transaction["teams"], "find">,
  id: string,
): Promise<Team> {
  const team = isId("team", id) ? await teams.find(id) : undefined
  if (team?.keptBy !== "scim") throw new Problem("team_not_found", `there is no group ${id.slice(0, 80)}`)
  return team
}
