import type { Id, Team, User } from "@tabard/core"
import type { ProvisionedPerson } from "../../scim/provisioned-store.ts"
import type { Transaction } from "../../transaction.ts"

/** What a file of people is held against. */
export interface KnownDirectory {
  /** Everybody, by their email without regard to case. */
  readonly byEmail: ReadonlyMap<string, User>
  readonly byId: ReadonlyMap<Id<"user">, User>
  readonly teams: TeamNames
  readonly teamsOf: ReadonlyMap<Id<"user">, readonly Team[]>
  /** Who is kept by SCIM. */
  readonly kept: ReadonlyMap<Id<"user">, ProvisionedPerson>
}

/** Reads the whole directory. */
export async function readDirectory({
  provisioned,
  teams,
  users,
}: Pick<Transaction, "provisioned" | "teams" | "users">): Promise<KnownDirectory> {
  const everybody = await users.list()
  const ids = everybody.map(({ id }) => id)
  return {
    byEmail: new Map(everybody.map((user) => [caseless(user.email), user])),
    byId: new Map(everybody.map((user) => [user.id, user])),
    teams: new TeamNames(await teams.list()),
    teamsOf: await teams.teamsOf(ids),
    kept: await provisioned.of(ids),
  }
}

/** Answers an email or a name as two of them are compared. */
export function caseless(text: string): string {
  return text.normalize("NFC").toLowerCase()
}

/** Teams by what a file calls them: looked up once for each name on each line, however many there are. */
export class TeamNames {
  readonly #byName = new Map<string, Team>()
  readonly #byExternalName = new Map<string, Team>()

  constructor(teams: Iterable<Team>) {
    for (const team of teams) this.add(team)
  }

  /** How many there are. */
  get size(): number {
    return this.#byName.size
  }

  /** Takes one more up. */
  add(team: Team): void {
    this.#byName.set(caseless(team.name), team)
    if (team.externalName !== null) this.#byExternalName.set(team.externalName, team)
  }

  /** Answers the team that a file names: by its name, or letter by letter by what it is called outside. */
  called(name: string): Team | undefined {
    return this.#byName.get(caseless(name)) ?? this.#byExternalName.get(name)
  }

  [Symbol.iterator](): IterableIterator<Team> {
    return this.#byName.values()
  }
}
