import { type Id, isId, Problem } from "@tabard/core"
import { gatherBound, MOST_BOUND } from "./gather-bound.ts"
import { agentsAmong, gatherReaching } from "./gather-reaching.ts"
import { GovernmentGraph, type GovernmentPath } from "./government-graph.ts"
import type { GovernmentNode } from "./government-node.ts"
import { boundTogether, mayGovern, type Separation } from "./may-govern.ts"
import { type NamingReads, nodeNames } from "./node-names.ts"
import { type NameOf, pathInWords } from "./path-in-words.ts"
import type { GovernmentReads } from "./predecessors.ts"

/** Who acts, and what the act changes of what constrains agents. */
export interface GoverningAct {
  readonly actor: GovernmentNode
  readonly changed: readonly GovernmentNode[]
  /** What keeps that which the act puts in force: whoever changes it acts by it. */
  readonly keepers?: readonly GovernmentNode[]
}

type Itself = Extract<Separation, { readonly kind: "itself" }>

/** A refusal because an agent would govern itself: how it has a hand in the act, and how the act comes back to it. */
export class SelfGovernment extends Problem {
  /** The agent that would. */
  readonly agent: Id<"agent">
  readonly hand: GovernmentPath
  readonly bond: GovernmentPath

  constructor({ agent, hand: led, own, bond }: Itself, nameOf?: NameOf) {
    // What was made by the very hand that acts is told in one breath with it.
    const goesOn = led.every((step, index) => own[index] === step)
    const hand = goesOn && own.length > 0 ? own : led
    const how = [hand, hand === own ? [] : own, bond]
      .map((path) => pathInWords(path, nameOf))
      .filter((words) => words !== "")
    super(
      "self_government",
      `nobody governs themselves: ${how.join("; and ")}. A person does that in their browser, signed in to the console`,
    )
    this.agent = agent
    this.hand = hand
    this.bond = bond
  }
}

/**
 * Lets an act through that no agent has a hand in, or that constrains neither such an agent, nor whom it acts for, nor
 * what its hands made. It is asked in the transaction of the act.
 *
 * @throws {Problem} self_government
 */
export async function assertMayGovern(
  tx: GovernmentReads & NamingReads,
  { actor, changed, keepers = [] }: GoverningAct,
  now: Date,
): Promise<void> {
  if (changed.length === 0) return
  const hands = [
    ...(await gatherReaching(tx, [actor, ...keepers], now)),
    ...keepers.map((from) => ({ from, relation: "keeps", to: actor }) as const),
  ]
  const agents = [...agentsAmong(hands), ...(isId("agent", actor) ? [actor] : [])]
  if (agents.length === 0) return
  const bonds = await gatherBound(tx, agents, now)
  const together = new GovernmentGraph(bonds)
  const bound = [...new Set(agents.flatMap((agent) => boundTogether(together, agent)))]
  const all = bound.length <= MOST_BOUND
  const reaching = await gatherReaching(tx, all ? bound : agents, now)
  const graph = new GovernmentGraph([...hands, ...bonds, ...reaching])
  // What was not looked at counts as all that there is.
  const said = mayGovern(graph, actor, all ? changed : [...changed, "organisation"])
  if (said.kind === "apart") return
  const told = [...said.hand, ...said.own, ...said.bond].flatMap(({ from, to }) => [from, to])
  throw new SelfGovernment(said, await nodeNames(tx, told))
}
