import type { Team, User } from "@tabard/core"
import { caseless, type KnownDirectory } from "./known-directory.ts"

/** What a line does to a person's teams. */
export interface TeamsChange {
  /** By their names; those that are not here are made. */
  readonly join: readonly string[]
  readonly leave: readonly Team[]
  readonly says: readonly string[]
  readonly problems: readonly string[]
}

const NONE: TeamsChange = { join: [], leave: [], says: [], problems: [] }

/** Says what it means that a person belongs to exactly these teams; nothing, where the file does not say. Pure. */
export function planTeams(
  names: readonly string[] | undefined,
  user: User | undefined,
  { teams, teamsOf }: KnownDirectory,
): TeamsChange {
  if (names === undefined) return NONE
  // What SCIM keeps stands in no file: a file that does not name it says nothing of it.
  const own = user ? (teamsOf.get(user.id) ?? []).filter(({ keptBy }) => keptBy !== "scim") : []
  const wanted = new Map(names.map((name) => [caseless(name), { name, team: teams.called(name) }]))
  const isIn = (team: Team | undefined): boolean => own.some(({ id }) => id === team?.id)
  const join = [...wanted.values()].filter(({ team }) => !isIn(team))
  const kept = new Set([...wanted.values()].map(({ team }) => team?.id))
  const leave = own.filter(({ id }) => !kept.has(id))
  const notOurs = [...join.flatMap(({ team }) => team ?? []), ...leave].filter(
    ({ keptBy }) => keptBy !== "people",
  )
  return {
    join: join.map(({ name }) => name),
    leave,
    says: [
      ...join.map(({ name, team }) => (team ? `joins ${team.name}` : `joins ${name}, a new team`)),
      ...leave.map(({ name }) => `leaves ${name}`),
    ],
    problems: notOurs.map(({ name, keptBy }) => {
      const who = keptBy === "scim" ? "your directory says over SCIM" : "the OpenID provider says"
      return `teams: who belongs to ${name} is what ${who}`
    }),
  }
}
