import type { Id } from "@tabard/core"
import { agentsHaving } from "./gather-bound.ts"
import { Keepers, MANIFEST_REPOSITORY } from "./keepers-of.ts"
import { isKeptPlace } from "./kept-place.ts"
import type { GovernmentReads } from "./predecessors.ts"
import { agentsUsing } from "./using-agents.ts"

/** The most servers that are looked at for having something in their hands. */
const MOST = 1000

/** The stores that say which agents have any hand at all. */
export type HandReads = GovernmentReads

/**
 * Answers every agent that has anything in its hands by which agents are governed, of its own or by whom it acts for: few
 * ever do, so that the ways of the others need not be looked for.
 */
export async function withHands(tx: HandReads, now: Date): Promise<ReadonlySet<Id<"agent">>> {
  const found = new Set<Id<"agent">>()
  const declared = await tx.reaches.list({ declared: true, limit: MOST })
  for (const holder of new Set(declared.map((one) => one.holder)))
    for (const agent of await agentsHaving(tx, holder, now)) found.add(agent)
  for (const agent of await seenWithTokens(tx, now)) found.add(agent)
  for (const agent of await changingElsewhere(tx, now)) found.add(agent)
  return andWhoHasThem(tx, found, now)
}

/** Whoever could change a repository in which a manifest is kept, or a provider by which anybody might sign in. */
async function changingElsewhere(tx: HandReads, now: Date): Promise<readonly Id<"agent">[]> {
  const keepers = new Keepers(tx)
  const kept = (await tx.facts.named(MANIFEST_REPOSITORY)).map(({ value }) => value)
  const places = new Set(kept.filter((value) => typeof value === "string").filter(isKeptPlace))
  const servers = new Set(await keepers.providers())
  const agents: Id<"agent">[] = []
  for (const place of places) {
    for (const server of await keepers.serversOf(place)) servers.add(server)
    agents.push(...(await keepers.workflowsOf(place)))
  }
  for (const server of servers) agents.push(...(await agentsUsing(tx, server, now)))
  return agents
}

async function seenWithTokens(tx: HandReads, now: Date): Promise<readonly Id<"agent">[]> {
  const fingerprints = (await tx.apiTokens.live(now)).flatMap(({ fingerprint }) => fingerprint ?? [])
  const credentials = fingerprints.length > 0 ? await tx.observations.withFingerprints(fingerprints) : []
  if (credentials.length === 0) return []
  return [...(await tx.observations.usersOf(credentials.map(({ id }) => id))).values()].flat()
}

/** Whoever may act for one that has a hand has it as well, and so has whoever has the hand by which that was made. */
async function andWhoHasThem(
  tx: HandReads,
  found: Set<Id<"agent">>,
  now: Date,
): Promise<ReadonlySet<Id<"agent">>> {
  for (const agent of found) {
    for (const { from, to } of await tx.delegations.list({ agent, limit: MOST }))
      if (from === agent) found.add(to)
    for (const { holder } of await tx.reaches.into([agent]))
      for (const maker of await agentsHaving(tx, holder, now)) found.add(maker)
  }
  return found
}
