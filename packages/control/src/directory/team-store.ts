import type { Id, Team } from "@tabard/core"

/** A person's place in a team. */
export interface TeamMember {
  readonly team: Id<"team">
  readonly user: Id<"user">
  readonly joinedAt: Date
}

/** What of a team can change. */
export type TeamChange = Pick<Team, "id" | "name" | "externalName" | "keptBy" | "lead">

/** Keeps teams and who belongs to them. Each sentence below is a test in team-store.contract.ts. */
export interface TeamStore {
  /** Keeps a team, and answers false where its name, without regard to case, or its external name is another's. */
  add(team: Team): Promise<boolean>

  /** Answers false, and changes nothing, where there is no such team, or a name of it is another's. */
  change(change: TeamChange): Promise<boolean>

  /** Removes a team with its members and all that it helps with; of many at once, exactly one answers true. */
  remove(id: Id<"team">): Promise<boolean>

  /** Answers undefined where there is no such team here. */
  find(id: Id<"team">): Promise<Team | undefined>

  /** Answers every team, by name. */
  list(): Promise<readonly Team[]>

  /** Answers a page of teams, by name, equals by id, those behind `after`. */
  page(query: {
    readonly after?: Pick<Team, "id" | "name">
    readonly limit: number
  }): Promise<readonly Team[]>

  /** Takes a person in; answers false where they are in already, or the team is gone. */
  join(member: TeamMember): Promise<boolean>

  /** Takes many in at once, into teams that this transaction knows to be there; who is in already stays. */
  joinAll(members: readonly TeamMember[]): Promise<void>

  /** Answers which of the people are in the team. */
  among(team: Id<"team">, users: readonly Id<"user">[]): Promise<ReadonlySet<Id<"user">>>

  /** Takes many out at once; who is not in stays out. */
  leaveAll(team: Id<"team">, users: readonly Id<"user">[]): Promise<void>

  /** Takes a person out; answers false where they were not in. */
  leave(team: Id<"team">, user: Id<"user">): Promise<boolean>

  /** Answers who belongs to each of the teams, in the order in which they came. */
  membersOf(teams: readonly Id<"team">[]): Promise<readonly TeamMember[]>

  /** Answers the teams of each of the people, by name of the team. */
  teamsOf(users: readonly Id<"user">[]): Promise<ReadonlyMap<Id<"user">, readonly Team[]>>
}
