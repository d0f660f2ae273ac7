import type { Id } from "@tabard/core"

/** A person who helps with an agent, and who said so. */
export interface Maintainer {
  readonly agent: Id<"agent">
  readonly user: Id<"user">
  readonly addedBy: Id<"user">
  readonly addedAt: Date
}

/** A team whose people help with an agent for as long as they belong to it, and who said so. */
export interface MaintainingTeam {
  readonly agent: Id<"agent">
  readonly team: Id<"team">
  readonly addedBy: Id<"user">
  readonly addedAt: Date
}

/** Keeps who helps with which agent. Each sentence below is a test in maintainer-store.contract.ts. */
export interface MaintainerStore {
  /** Answers false, and changes nothing, where the person helps already; of many at once, exactly one answers true. */
  add(maintainer: Maintainer): Promise<boolean>

  /** Answers false where the person did not help; of many at once, exactly one answers true. */
  remove(agent: Id<"agent">, user: Id<"user">): Promise<boolean>

  /** Answers who helps with each of the agents, in the order in which they came. */
  of(agents: readonly Id<"agent">[]): Promise<readonly Maintainer[]>

  /** Answers false where the team helps already, or is not there; of many at once, exactly one answers true. */
  addTeam(maintaining: MaintainingTeam): Promise<boolean>

  /** Answers false where the team did not help; of many at once, exactly one answers true. */
  removeTeam(agent: Id<"agent">, team: Id<"team">): Promise<boolean>

  /** Answers which teams help with each of the agents, in the order in which they came. */
  teamsOf(agents: readonly Id<"agent">[]): Promise<readonly MaintainingTeam[]>

  /** Answers what each of the teams helps with, by agent. */
  byTeams(teams: readonly Id<"team">[]): Promise<readonly MaintainingTeam[]>

  /** Answers whether a person helps with an agent, by themselves or by a team that they belong to now. */
  helps(agent: Id<"agent">, user: Id<"user">): Promise<boolean>

  /** Answers the agents that a person helps with, by themselves or by a team, each once, in their order. */
  helpedBy(user: Id<"user">): Promise<readonly Id<"agent">[]>
}
