import type { DecisionRecord, Id } from "@tabard/core"
import type { Transaction } from "../transaction.ts"

/** How many of the agents and of the tools that a text names are asked for their decisions. */
const ASKED = 3

/** Answers the newest decisions about agents and tools. */
export async function findDecisions(
  tx: Pick<Transaction, "decisions" | "servers">,
  {
    agents,
    tools,
    limit,
  }: {
    readonly agents: readonly Id<"agent">[]
    readonly tools: readonly Id<"toolVersion">[]
    readonly limit: number
  },
): Promise<readonly Id<"decision">[]> {
  const decided: DecisionRecord[] = []
  for (const agent of agents.slice(0, ASKED)) decided.push(...(await tx.decisions.list({ agent, limit })))
  for (const tool of tools.slice(0, ASKED)) {
    const action = await actionOf(tx, tool)
    if (action !== undefined) decided.push(...(await tx.decisions.list({ action, limit })))
  }
  const newest = decided.toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1))
  return [...new Set(newest.map(({ id }) => id))].slice(0, limit)
}

async function actionOf(
  { servers }: Pick<Transaction, "servers">,
  id: Id<"toolVersion">,
): Promise<string | undefined> {
  const tool = await servers.findVersion(id)
  const server = tool && (await servers.find(tool.server))
  return server && `${server.name}/${tool.name}`
}
