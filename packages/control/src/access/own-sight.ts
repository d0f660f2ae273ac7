import type { Finding, Id } from "@tabard/core"
import type { Transaction } from "../transaction.ts"

/** What a person may see: the agents that they own, help with or are asked to take on. */
export interface OwnSight {
  readonly user: Id<"user">
  readonly agents: Set<Id<"agent">>
}

/** The most that a store answers at once. */
export const MOST = 1000

/** Answers what a person may see now, and adds it to what they saw `before` in the same request. */
export async function seenIn(
  { agents }: Pick<Transaction, "agents">,
  user: Id<"user">,
  before: Set<Id<"agent">>,
): Promise<OwnSight> {
  let after: Id<"agent"> | undefined
  do {
    const page = await agents.list({ answeredBy: user, limit: MOST, ...(after && { after }) })
    for (const { id } of page) before.add(id)
    after = page.length === MOST ? page.at(-1)?.id : undefined
  } while (after)
  return { user, agents: before }
}

/** Answers whether a finding is about an agent that the person may see, or about what one of those uses. */
export async function seesFinding(
  { findings }: Pick<Transaction, "findings">,
  { user }: OwnSight,
  { id, rule, subject, lastSeenAt: now }: Finding,
): Promise<boolean> {
  const own = await findings.list({ now, rule, subjects: [subject], answeredBy: user, limit: MOST })
  return own.some((one) => one.id === id)
}
