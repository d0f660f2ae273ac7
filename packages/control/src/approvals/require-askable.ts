import { type Id, isId, Problem, type User } from "@tabard/core"
import type { Transaction } from "../transaction.ts"

/** The stores that say who answers for an agent. */
export type AskableStores = Pick<Transaction, "agents" | "maintainers" | "users">

/**
 * Answers whom a hint names, by id or by email, where an agent may ask them to let it act for them: its owner, or somebody
 * who helps with it. Anybody else is as unknown as nobody, so that no agent learns who there is.
 */
export async function personToAsk(
  tx: AskableStores,
  agent: Id<"agent">,
  hint: string,
): Promise<User | undefined> {
  const user = await (isId("user", hint) ? tx.users.find(hint) : tx.users.findByEmail(hint))
  return user && (await isAskable(tx, agent, user)) ? user : undefined
}

/**
 * Refuses where a person does not answer for an agent any more, or may not sign in.
 *
 * @throws {Problem} not_an_approver
 */
export async function requireAskable(
  tx: AskableStores,
  agent: Id<"agent">,
  person: Id<"user">,
): Promise<void> {
  const user = await tx.users.find(person)
  if (user && (await isAskable(tx, agent, user))) return
  throw new Problem("not_an_approver", `who was asked does not answer for ${agent} any more`)
}

async function isAskable(
  { agents, maintainers }: AskableStores,
  agent: Id<"agent">,
  { id, active }: User,
): Promise<boolean> {
  if (!active) return false
  return (await agents.find(agent))?.owner === id || maintainers.helps(agent, id)
}
