import type { Agent, Id } from "@tabard/core"
import { boundsOf } from "../decisions/policies-in-force.ts"
import { byHandOf } from "../policies/own-address.ts"
import type { Transaction } from "../transaction.ts"
import type { Rehearsal } from "./observe-store.ts"

/** A tool that was rehearsed, and whether it still is the one that was. */
export interface RehearsedTool {
  readonly server: string
  readonly tool: string
  readonly isSame: boolean
}

/** What is left of a rehearsal. */
export interface RehearsalStanding {
  readonly rehearsal: Rehearsal
  /** What ended it as a whole; where nothing did, it counts for each tool that is the same. */
  readonly endedBy: readonly ("tier" | "bounds")[]
  readonly tools: readonly RehearsedTool[]
}

export type RehearsalReads = Pick<Transaction, "observing" | "policies" | "servers">

/** Answers whether an agent's latest rehearsal still counts, for what, and what ended it; undefined where none was recorded. */
export async function rehearsalStanding(
  tx: RehearsalReads,
  { id, mandate }: Pick<Agent, "id" | "mandate">,
): Promise<RehearsalStanding | undefined> {
  const rehearsal = await tx.observing.rehearsal(id)
  if (!rehearsal) return undefined
  const bounds = boundsOf(await tx.policies.concerning([id, byHandOf(id)]), id)
  return {
    rehearsal,
    endedBy: [
      ...(rehearsal.tier === mandate?.tier ? [] : (["tier"] as const)),
      ...(rehearsal.bounds === bounds ? [] : (["bounds"] as const)),
    ],
    tools: await toolsOf(tx, rehearsal),
  }
}

async function toolsOf(
  { servers }: Pick<RehearsalReads, "servers">,
  { tools }: Rehearsal,
): Promise<readonly RehearsedTool[]> {
  const names = new Map<Id<"server">, string>((await servers.list()).map(({ id, name }) => [id, name]))
  const pinned = new Map(
    (await servers.pinned()).map((one) => [
      `${one.server}/${one.name}`,
      { server: one.server, digest: one.digest },
    ]),
  )
  return Object.entries(tools).map(([action, digest]) => {
    const now = pinned.get(action)
    const cut = action.indexOf("/")
    const server = (now && names.get(now.server)) ?? action.slice(0, cut)
    return { server, tool: action.slice(cut + 1), isSame: now?.digest === digest }
  })
}
