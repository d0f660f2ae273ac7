import type { Transaction } from "@tabard/control"
import type { Id, JsonObject, Team, User } from "@tabard/core"
import type { Filter } from "../filter/filter.ts"
import { matches } from "../filter/match-filter.ts"
import { type ListQuery, listResponse } from "../list-query.ts"
import { groupResource } from "../resources/group-resource.ts"
import { isWanted, project } from "../resources/project-resource.ts"

type Reads = Pick<Transaction, "teams" | "users">

/** A page ends early where its groups have so many members: no answer grows with the organisation alone. */
const MOST_MEMBERS = 20_000

/** Answers the groups of a query, in the order in which they came; what matches nothing is an empty list. */
export async function listGroups(tx: Reads, query: ListQuery, base: string): Promise<JsonObject> {
  const { filter, startIndex, count, projection } = query
  const kept = (await tx.teams.list()).filter(({ keptBy }) => keptBy === "scim")
  const inOrder = kept.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const found = filter ? await sought(tx, inOrder, { filter, base }) : inOrder
  const page = found.slice(startIndex - 1, startIndex - 1 + count)
  const shown = isWanted(projection, "members")
    ? await withMembers(tx, page)
    : page.map((team) => ({ team, members: undefined }))
  const resources = shown.map(({ team, members }) => project(groupResource(team, members, base), projection))
  return listResponse(resources, { totalResults: found.length, startIndex })
}

/** Answers the people of a team as a group shows them. */
export async function membersShown(
  { teams, users }: Reads,
  { id }: Pick<Team, "id">,
): Promise<readonly User[]> {
  return users.findAll((await teams.membersOf([id])).map(({ user }) => user))
}

interface Shown {
  readonly team: Team
  readonly members: readonly Pick<User, "id" | "name">[]
}

async function withMembers(tx: Reads, page: readonly Team[]): Promise<readonly Shown[]> {
  const shown: Shown[] = []
  let members = 0
  for (const team of page) {
    if (members > MOST_MEMBERS) break
    const people = await membersShown(tx, team)
    members += people.length
    shown.push({ team, members: people })
  }
  return shown
}

/** Who belongs to a group is read only where the filter asks for it, and then without names. */
async function sought(
  { teams }: Reads,
  all: readonly Team[],
  { filter, base }: { filter: Filter; base: string },
): Promise<readonly Team[]> {
  const byTeam = asksForMembers(filter)
    ? Map.groupBy(await teams.membersOf(all.map(({ id }) => id)), ({ team }) => team)
    : new Map<Id<"team">, readonly { readonly user: Id<"user"> }[]>()
  return all.filter((team) => {
    const members = (byTeam.get(team.id) ?? []).map(({ user }) => ({ id: user, name: "" }))
    return matches(groupResource(team, members, base), filter)
  })
}

function asksForMembers(filter: Filter): boolean {
  switch (filter.kind) {
    case "and":
    case "or":
      return asksForMembers(filter.left) || asksForMembers(filter.right)
    case "not":
      return asksForMembers(filter.of)
    case "present":
    case "compare":
    case "within":
      return filter.path.name === "members"
  }
}
