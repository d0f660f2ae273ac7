import { type Id, isId } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import { agentsUsing, type UsingReads } from "./using-agents.ts"

/** The most servers that are looked at for having something in their hands. */
const MOST = 1000

/** The stores that say which agents have any hand at all. */
export type HandReads = UsingReads & Pick<Transaction, "apiTokens" | "delegations" | "reaches">

/**
 * Answers every agent that has anything in its hands by which agents are governed, of its own or by whom it acts for: few
 * ever do, so that the ways of the others need not be looked for.
 */
export async function withHands(tx: HandReads, now: Date): Promise<ReadonlySet<Id<"agent">>> {
  const declared = await tx.reaches.list({ limit: MOST })
  const found = new Set(declared.map(({ holder }) => holder).filter((holder) => isId("agent", holder)))
  for (const { holder } of declared)
    if (isId("server", holder)) for (const agent of await agentsUsing(tx, holder)) found.add(agent)
  for (const agent of await seenWithTokens(tx, now)) found.add(agent)
  return andWhoActsForThem(tx, found)
}

async function seenWithTokens(tx: HandReads, now: Date): Promise<readonly Id<"agent">[]> {
  const fingerprints = (await tx.apiTokens.live(now)).flatMap(({ fingerprint }) => fingerprint ?? [])
  const credentials = fingerprints.length > 0 ? await tx.observations.withFingerprints(fingerprints) : []
  if (credentials.length === 0) return []
  return [...(await tx.observations.usersOf(credentials.map(({ id }) => id))).values()].flat()
}

/** Whoever may act for one that has a hand has it as well. */
async function andWhoActsForThem(
  { delegations }: HandReads,
  found: Set<Id<"agent">>,
): Promise<ReadonlySet<Id<"agent">>> {
  for (const agent of found)
    for (const { from, to } of await delegations.list({ agent, limit: MOST }))
      if (from === agent) found.add(to)
  return found
}
