import { type FoundKind, isId, type Kind } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import type { NamedKind } from "./search-store.ts"

/** Which kind of thing each kind of id leads to; other ids name nothing that a person looks for. */
const FOUND_BY: Readonly<Partial<Record<Kind, readonly [NamedKind, FoundKind]>>> = {
  agent: ["agent", "agent"],
  approval: ["approval", "approval"],
  credential: ["credential", "credential"],
  decision: ["decision", "decision"],
  event: ["event", "event"],
  finding: ["finding", "finding"],
  reporter: ["reporter", "reporter"],
  server: ["server", "server"],
  task: ["task", "task"],
  team: ["team", "team"],
  user: ["user", "person"],
}

/** Answers what an id names, or what ids that begin so do. A call's id finds what was decided about it. */
export async function findIds(
  tx: Pick<Transaction, "agents" | "decisions" | "search" | "servers">,
  named: Kind,
  { beginning, limit }: { readonly beginning: string; readonly limit: number },
): Promise<ReadonlyMap<FoundKind, readonly string[]>> {
  if (isId("call", beginning)) {
    const decided = await tx.decisions.list({ call: beginning, limit })
    return new Map([["decision", decided.map(({ id }) => id)]])
  }
  if (isId("toolVersion", beginning)) {
    const tool = await tx.servers.findVersion(beginning)
    return new Map([["tool", tool ? [tool.id] : []]])
  }
  const by = FOUND_BY[named]
  if (!by) return new Map()
  const [kind, found] = by
  const ids = await tx.search.startingWith(kind, beginning, { limit })
  if (kind === "agent") return new Map([[found, await standing(tx, ids)]])
  if (kind !== "server") return new Map([[found, ids]])
  const registered = isId("server", beginning) ? await tx.servers.find(beginning) : undefined
  return new Map([
    [found, ids],
    ["upstream", registered ? [registered.id] : []],
  ])
}

/** The id of an agent that was merged into another goes on to find that other. */
async function standing(
  { agents }: Pick<Transaction, "agents">,
  ids: readonly string[],
): Promise<readonly string[]> {
  const merged = await agents.mergedInto(ids.filter((id) => isId("agent", id)))
  return [...new Set(ids.map((id) => (isId("agent", id) ? (merged.get(id) ?? id) : id)))]
}
