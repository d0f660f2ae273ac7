import { type Id, Problem, type Role, type User } from "@tabard/core"

/** The person who asks, as the edge found them to be. */
export type Caller = Pick<User, "id" | "role">

const STEWARDS: readonly Role[] = ["administrator", "security"]

/** Answers whether a person looks after every agent, not only their own. */
export function isSteward(caller: Caller): boolean {
  return STEWARDS.includes(caller.role)
}

/**
 * Lets an agent's owner through, and those who look after all agents.
 *
 * @throws {Problem} not_allowed
 */
export function assertAnswersFor(caller: Caller, owner: Id<"user"> | null): void {
  if (caller.id === owner || isSteward(caller)) return
  throw new Problem("not_allowed", "only the agent's owner, security and administrators may do this")
}
