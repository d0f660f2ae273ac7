import type { Id, Team, User } from "@tabard/core"
import type { Transaction } from "../../transaction.ts"

/** What a file of people is held against. */
export interface KnownDirectory {
  /** Everybody, by their email without regard to case. */
  readonly byEmail: ReadonlyMap<string, User>
  readonly byId: ReadonlyMap<Id<"user">, User>
  readonly teams: readonly Team[]
  readonly teamsOf: ReadonlyMap<Id<"user">, readonly Team[]>
}

/** Reads the whole directory. */
export async function readDirectory({
  teams,
  users,
}: Pick<Transaction, "teams" | "users">): Promise<KnownDirectory> {
  const everybody = await users.list()
  return {
    byEmail: new Map(everybody.map((user) => [caseless(user.email), user])),
    byId: new Map(everybody.map((user) => [user.id, user])),
    teams: await teams.list(),
    teamsOf: await teams.teamsOf(everybody.map(({ id }) => id)),
  }
}

/** Answers an email or a name as two of them are compared. */
export function caseless(text: string): string {
  return text.normalize("NFC").toLowerCase()
}

/** Answers the team that a file names: by its name, or letter by letter by what it is called outside. */
export function teamCalled(teams: readonly Team[], name: string): Team | undefined {
  const key = caseless(name)
  return teams.find((team) => caseless(team.name) === key) ?? teams.find((team) => team.externalName === name)
}
