import type { Id } from "@tabard/core"
import { requireDelegation } from "../tokens/chain-standing.ts"
import type { TokenRecord } from "../tokens/token-store.ts"
import type { Transaction } from "../transaction.ts"
import type { NamedAgent } from "./named-principal.ts"

/** What an answer would need to know, and nobody has said. */
export class EvidenceMissing extends Error {
  override readonly name = "EvidenceMissing"
  readonly code = "evidence_missing"
}

type Stores = Pick<Transaction, "agents" | "delegations" | "tokens">

/** For whom an agent acts. */
interface Way {
  readonly actingFor: readonly Id<"agent">[]
  /** The person that its token serves, where neither its task nor the door says one. */
  readonly served: Id<"user"> | null
}

/**
 * Answers whom a door names, held against what the agent was issued: for whom it acts is taken from its tokens where the door
 * leaves it out, and what the door says counts where a token or a permission to delegate says so too. Judged as if it acted
 * for itself, an agent might do what it may not do for another.
 *
 * @throws {EvidenceMissing} where it acts in several ways, and which is meant was not said
 * @throws {Problem} delegation_refused
 */
export async function asIssued(tx: Stores, named: NamedAgent, now: Date): Promise<NamedAgent> {
  const ways = await waysOf(tx, named, now)
  const [way, ...others] = ways
  if (!way) {
    await assertDelegated(tx, named, now)
    return named
  }
  // Who says for whom an agent acts, and names no person, means that it serves none: where some token lets it.
  if (named.actingFor && ways.some(({ served }) => served === null)) return named
  if (others.length > 0) throw new EvidenceMissing(SAY)
  const { actingFor, served } = way
  return { ...named, actingFor, ...(served !== null && { onBehalfOf: served }) }
}

const SAY =
  "this agent acts in several ways: say for whom in context.acting_for, the agents nearest first, and [] for itself; or ask about a subject of the type user, with context.agent"

/** The ways in which its live tokens let it act, of those that fit what was said. */
async function waysOf(tx: Stores, named: NamedAgent, now: Date): Promise<readonly Way[]> {
  const tokens = await tx.tokens.live(named.agent, now)
  if (tokens.length === 0) return []
  const owner = (await tx.agents.findOwned(named.agent))?.owner?.id
  const fitting = tokens.filter((token) => fits(named, token)).map((token) => wayOf(named, token, owner))
  return [...new Map(fitting.map((way) => [JSON.stringify(way), way])).values()]
}

function fits({ actingFor, task, onBehalfOf }: NamedAgent, token: TokenRecord): boolean {
  if (task !== undefined && token.task !== task) return false
  if (onBehalfOf !== undefined && token.served !== null && token.served !== onBehalfOf) return false
  return actingFor === undefined || agentsIn(token).join() === actingFor.join()
}

/** An agent that acts for its owner alone does what its owner lets it do. */
function wayOf({ task, onBehalfOf }: NamedAgent, token: TokenRecord, owner: Id<"user"> | undefined): Way {
  const actingFor = agentsIn(token)
  const isSaid = task !== undefined || onBehalfOf !== undefined
  const isOwn = actingFor.length === 0 && token.served === owner
  return { actingFor, served: isSaid || isOwn ? null : token.served }
}

function agentsIn({ actors }: TokenRecord): readonly Id<"agent">[] {
  return actors.map(({ agent }) => agent)
}

/** Where there is no such token, each of them has to be allowed to act for the next. */
async function assertDelegated(tx: Stores, { agent, actingFor = [] }: NamedAgent, now: Date): Promise<void> {
  let to = agent
  for (const from of actingFor) {
    await requireDelegation(tx, { from, to }, now)
    to = from
  }
}
