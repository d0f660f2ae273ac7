import type { Agent, Id } from "@tabard/core"
import type { Transaction } from "../transaction.ts"

/** How many agents are read at once. */
const PORTION = 500

/** Answers every agent that a person owns, however many they are. */
export async function ownedAgents(
  { agents }: Pick<Transaction, "agents">,
  owner: Id<"user">,
): Promise<readonly Agent[]> {
  const all: Agent[] = []
  let after: Id<"agent"> | undefined
  do {
    const page = await agents.list({ owner, limit: PORTION, ...(after && { after }) })
    all.push(...page)
    after = page.length === PORTION ? page.at(-1)?.id : undefined
  } while (after)
  return all
}
