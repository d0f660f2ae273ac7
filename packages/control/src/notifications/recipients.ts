import type { Id, Role, User } from "@tabard/core"
import type { Transaction } from "../transaction.ts"

/** The stores that say who answers for what. */
export type RecipientStores = Pick<Transaction, "agents" | "maintainers" | "teams" | "users">

/** Answers who owns an agent or helps with it, by themselves or by a team; none where there is no such agent. */
export async function answering(
  { agents, maintainers, teams }: RecipientStores,
  id: Id<"agent">,
): Promise<readonly Id<"user">[]> {
  const agent = await agents.find(id)
  if (!agent) return []
  const helpers = await maintainers.of([id])
  const helping = await maintainers.teamsOf([id])
  const members = await teams.membersOf(helping.map(({ team }) => team))
  const all = [agent.owner ?? [], [...helpers, ...members].map(({ user }) => user)].flat()
  return [...new Set(all)]
}

/** Answers the active people of these roles. */
export async function ofRoles(
  { users }: Pick<Transaction, "users">,
  roles: readonly Role[],
): Promise<readonly Id<"user">[]> {
  const people: readonly User[] = await users.list()
  return people.filter(({ active, role }) => active && roles.includes(role)).map(({ id }) => id)
}
