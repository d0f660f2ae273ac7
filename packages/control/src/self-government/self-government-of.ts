import { type Id, isId } from "@tabard/core"
import { type Government, governorsOf, isMaking } from "./governors-of.ts"
import { type NamingReads, nodeNames } from "./node-names.ts"
import { pathInWords } from "./path-in-words.ts"
import type { GovernmentReads } from "./predecessors.ts"

/** How an agent comes round to itself: a way for each hand that it has, in words. */
export interface SelfGoverning {
  /** By what it holds or reaches itself. */
  readonly itself: readonly string[]
  /** By another agent that it could change, and that could change it. */
  readonly eachOther: readonly string[]
}

/** An agent that has no hand in what governs agents. */
export const APART: SelfGoverning = { itself: [], eachOther: [] }

/** The most other agents that are looked at for governing an agent as it governs them. */
const MOST_OTHERS = 20

/** Answers how an agent could govern itself, were it not refused, with today's names. */
export async function selfGovernmentOf(
  tx: GovernmentReads & NamingReads,
  agent: Id<"agent">,
  now: Date,
): Promise<SelfGoverning> {
  const own = await governorsOf(tx, agent, now)
  const mutual = await governedBack(tx, { agent, own, now })
  const paths = [...own.itself, ...mutual]
  if (paths.length === 0) return APART
  const nameOf = await nodeNames(tx, [agent, ...paths.flat().flatMap(({ from, to }) => [from, to])])
  const say = (all: typeof paths): readonly string[] => all.map((path) => pathInWords(path, nameOf))
  return { itself: say([...own.itself]), eachOther: say(mutual) }
}

/** The ways by which other agents govern this one, of those that this one governs too. */
async function governedBack(
  tx: GovernmentReads,
  { agent, own, now }: { readonly agent: Id<"agent">; readonly own: Government; readonly now: Date },
): Promise<Government["itself"][number][]> {
  const others = own.governors.flatMap(({ node, path }) =>
    isId("agent", node) && path[0]?.relation !== "acts-for" && !isMaking(path) ? [{ node, path }] : [],
  )
  const mutual: Government["itself"][number][] = []
  for (const { node, path } of others.slice(0, MOST_OTHERS)) {
    const { governors } = await governorsOf(tx, node, now)
    const back = governors.find((one) => one.node === agent)
    if (back && back.path[0]?.relation !== "acts-for" && !isMaking(back.path)) mutual.push(path)
  }
  return mutual
}
