import { type Id, isId, type ToolVersion } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import { permitsBeyondReading } from "./permitted-beyond-reading.ts"

/** The stores that say who uses a server. */
export type UsingReads = Pick<Transaction, "agents" | "observations" | "observing" | "policies" | "servers">

/**
 * Answers the agents that could do more than read through a server: those that a scan saw use it, and, where it stands
 * behind the gateway, those whose own policies permit more, or that are let through whatever their policies say.
 */
export async function agentsUsing(
  tx: UsingReads,
  server: Id<"server">,
  now: Date,
): Promise<readonly Id<"agent">[]> {
  const seen = (await tx.observations.usersOf([server])).get(server) ?? []
  if (!(await tx.servers.find(server))) return seen
  const pinned = await tx.servers.pinned(server)
  const letThrough = pinned.every(onlyReads) ? [] : await observed(tx, now)
  return [...new Set([...seen, ...(await permitted(tx, server, pinned)), ...letThrough])]
}

/** While it is observed, an agent is held to its tier's ceiling alone. */
async function observed({ agents, observing }: UsingReads, now: Date): Promise<readonly Id<"agent">[]> {
  const found = await agents.findAll(await observing.running(now))
  return found.filter(({ mandate }) => mandate && mandate.tier !== "read-only").map(({ id }) => id)
}

async function permitted(
  { policies }: UsingReads,
  server: Id<"server">,
  pinned: readonly ToolVersion[],
): Promise<readonly Id<"agent">[]> {
  const reading = new Set(pinned.filter(onlyReads).map(({ name }) => `${server}/${name}`))
  const sets = await policies.inForce()
  return sets.flatMap(({ kind, subject, policies: own }) => {
    const agent = subject.split("/", 1)[0]
    if (kind !== "intent" || !isId("agent", agent)) return []
    return own.some(({ text }) => permitsBeyondReading(text, server, reading)) ? [agent] : []
  })
}

function onlyReads({ effects }: ToolVersion): boolean {
  return effects.length > 0 && effects.every((effect) => effect === "read")
}
