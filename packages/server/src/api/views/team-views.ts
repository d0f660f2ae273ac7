import type { TeamDetail, TeamView } from "@tabard/api"
import { findTeam, type Transaction } from "@tabard/control"
import type { Team, User } from "@tabard/core"
import { agentRefs, directoryPeople } from "./directory-views.ts"
import { namesOf } from "./names.ts"

type Reads = Pick<Transaction, "agents" | "facts" | "maintainers" | "provisioned" | "teams" | "users">

/** Shows one team with its people and the agents that it helps with. */
export async function teamDetail(tx: Reads, by: User, id: string): Promise<TeamDetail> {
  const team = await findTeam(tx.teams, id)
  const [view] = await teamViews(tx, by, [team])
  if (!view) throw new Error("a team that was found has a view")
  const members = await tx.users.findAll((await tx.teams.membersOf([team.id])).map(({ user }) => user))
  const agents = (await tx.maintainers.byTeams([team.id])).map(({ agent }) => agent)
  return {
    ...view,
    people: await directoryPeople(
      tx,
      members.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    ),
    helpsWith: await agentRefs(tx, agents),
  }
}

/** Shows teams as whoever asks may see them. */
export async function teamViews(tx: Reads, by: User, teams: readonly Team[]): Promise<readonly TeamView[]> {
  const ids = teams.map(({ id }) => id)
  const names = await namesOf(tx, { people: teams.map(({ lead }) => lead) })
  const members = Map.groupBy(await tx.teams.membersOf(ids), ({ team }) => team)
  const helping = Map.groupBy(await tx.maintainers.byTeams(ids), ({ team }) => team)
  return teams.map(({ id, name, externalName, keptBy, lead }) => ({
    id,
    name,
    externalName,
    keptBy,
    lead: lead && names.person(lead),
    members: members.get(id)?.length ?? 0,
    agents: helping.get(id)?.length ?? 0,
    yours: members.get(id)?.some(({ user }) => user === by.id) ?? false,
  }))
}
