import { type Id, isId, type ToolVersion } from "@tabard/core"
import type { PolicySet } from "../decisions/policy-store.ts"
import type { Transaction } from "../transaction.ts"

/** The stores that say who uses a server. */
export type UsingReads = Pick<Transaction, "observations" | "policies" | "servers">

/**
 * Answers the agents that can do more than read through a server: those that a scan saw use it, and those whose own
 * policies name one of its tools that does more, or permit without naming any.
 */
export async function agentsUsing(tx: UsingReads, server: Id<"server">): Promise<readonly Id<"agent">[]> {
  const seen = (await tx.observations.usersOf([server])).get(server) ?? []
  const actions = (await tx.servers.pinned(server)).filter(doesMore).map(({ name }) => `"${server}/${name}"`)
  const permitted = actions.length === 0 ? [] : (await tx.policies.inForce()).flatMap(permittedBy(actions))
  return [...new Set([...seen, ...permitted])]
}

function doesMore({ effects }: ToolVersion): boolean {
  return effects.length === 0 || effects.some((effect) => effect !== "read")
}

function permittedBy(actions: readonly string[]): (set: PolicySet) => readonly Id<"agent">[] {
  return ({ kind, subject, policies }) => {
    const agent = subject.split("/", 1)[0]
    if (kind !== "intent" || !isId("agent", agent)) return []
    const permits = policies.map(({ text }) => text).filter((text) => /\bpermit\b/.test(text))
    const reaches = permits.some(
      (text) => !text.includes('"srv_') || actions.some((one) => text.includes(one)),
    )
    return reaches ? [agent] : []
  }
}
