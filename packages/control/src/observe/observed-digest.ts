import type { Effect, Id } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import { MOST_OBSERVED } from "./observe-store.ts"

/** In short, what was let through of an agent, and what of it would have been stopped. */
export type ObservedDigest = {
  readonly calls: number
  readonly denied: number
  readonly asked: number
  /** The tools whose calls would have been stopped most, by name. */
  readonly stopped: readonly string[]
}

/** A few are enough to know what it is about. */
const NAMED = 5

/** Answers the digest of what was observed of an agent, as it was decided then; of what is kept, where that is not all. */
export async function observedDigest(
  { observing, servers }: Pick<Transaction, "observing" | "servers">,
  agent: Id<"agent">,
): Promise<ObservedDigest> {
  const calls = await observing.calls(agent, MOST_OBSERVED)
  const all = (await observing.find(agent))?.calls ?? 0
  const stopped = calls.filter(({ effect }) => effect !== "permit")
  const names = new Map((await servers.list()).map(({ id, name }) => [id, name]))
  const byTool = Map.groupBy(stopped, ({ server, tool }) => `${names.get(server) ?? server}/${tool}`)
  const having = (effect: Effect): number => stopped.filter((one) => one.effect === effect).length
  return {
    calls: all,
    denied: having("deny"),
    asked: having("ask"),
    stopped: [...byTool]
      .toSorted(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1))
      .slice(0, NAMED)
      .map(([name]) => name),
  }
}
