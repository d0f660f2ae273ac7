import { type Id, isId, type ToolVersion } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import { permitsBeyondReading } from "./permitted-beyond-reading.ts"

/** The stores that say who uses a server. */
export type UsingReads = Pick<Transaction, "observations" | "policies" | "servers">

/**
 * Answers the agents that could do more than read through a server: those that a scan saw use it, and, where it stands
 * behind the gateway, those whose own policies permit more.
 */
export async function agentsUsing(tx: UsingReads, server: Id<"server">): Promise<readonly Id<"agent">[]> {
  const seen = (await tx.observations.usersOf([server])).get(server) ?? []
  return [...new Set([...seen, ...(await permitted(tx, server))])]
}

async function permitted(
  { policies, servers }: UsingReads,
  server: Id<"server">,
): Promise<readonly Id<"agent">[]> {
  if (!(await servers.find(server))) return []
  const pinned = await servers.pinned(server)
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
