import { type Delegation, delegates, holdsKey, type Id, type Instance, Problem } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import { type ActiveAgent, requireActiveAgent } from "./require-active-agent.ts"
import type { TokenBinding, TokenRecord } from "./token-store.ts"

/** What a chain is judged by. */
export type ChainStores = Pick<Transaction, "agents" | "delegations" | "instances" | "tokens" | "users">

/** A link of a token's chain that does not hold any more. */
export class ChainBroken extends Error {
  override readonly name = "ChainBroken"
  readonly code: "delegation_withdrawn" | "instance_revoked" | "token_revoked"

  constructor(code: ChainBroken["code"], message: string) {
    super(message)
    this.code = code
  }
}

/**
 * Answers the agents that a token's holder acts for, nearest first, if every link between them holds now: each token
 * that it came from with the key which that is bound to, each permission that it was exchanged under, each install, and
 * each agent with its owner.
 *
 * @throws {ChainBroken}
 * @throws {Problem} of an agent that may not act
 */
export async function standingChain(
  tx: ChainStores,
  { lineage, delegations, actors }: TokenRecord,
  now: Date,
): Promise<readonly ActiveAgent[]> {
  await assertLineage(tx, lineage, now)
  await assertPermitted(tx, delegations, now)
  const chain: ActiveAgent[] = []
  for (const { agent, instance } of actors) {
    await assertInstalled(tx, agent, instance)
    chain.push(await requireActiveAgent(tx, agent, now))
  }
  return chain
}

/** What a token came from is not looked for in the token, and one that is not there any more counts as revoked. */
async function assertLineage(tx: ChainStores, lineage: readonly string[], now: Date): Promise<void> {
  if (lineage.length === 0) return
  const bindings = await tx.tokens.standing(lineage)
  if (bindings.length !== lineage.length)
    throw new ChainBroken("token_revoked", "A token that this one came from was revoked; ask for a new one.")
  for (const binding of bindings) await assertHeld(tx, binding, now)
}

/** A key ends what came of its tokens as well as them: by a stolen one nothing may go on that it was exchanged for. */
async function assertHeld(
  { instances }: ChainStores,
  { instance: id, jkt }: TokenBinding,
  now: Date,
): Promise<void> {
  const instance = await instances.find(id)
  if (isStanding(instance) && holdsKey(instance, jkt, now)) return
  throw new ChainBroken(
    "instance_revoked",
    "The key of a token that this one came from is not enrolled any more.",
  )
}

async function assertPermitted(
  { delegations }: ChainStores,
  ids: readonly Id<"delegation">[],
  now: Date,
): Promise<void> {
  const different = [...new Set(ids)]
  if (different.length === 0 || (await delegations.countStanding(different, now)) === different.length) return
  throw new ChainBroken(
    "delegation_withdrawn",
    "A permission to delegate that this token was exchanged under does not hold any more.",
  )
}

async function assertInstalled(
  { instances }: ChainStores,
  agent: Id<"agent">,
  id: Id<"instance">,
): Promise<void> {
  const instance = await instances.find(id)
  if (isStanding(instance) && instance.agent === agent) return
  throw new ChainBroken("instance_revoked", `The install of ${agent} that this token came from was revoked.`)
}

function isStanding(instance: Instance | undefined): instance is Instance {
  return instance !== undefined && instance.revokedAt === null
}

/**
 * Answers the permission by which one agent may act for another now.
 *
 * @throws {Problem} delegation_refused
 */
export async function requireDelegation(
  { delegations }: Pick<Transaction, "delegations">,
  { from, to }: { from: Id<"agent">; to: Id<"agent"> },
  now: Date,
): Promise<Delegation> {
  const found = await delegations.between(from, to)
  if (found && delegates(found, now)) return found
  throw new Problem("delegation_refused", `nobody allowed ${to} to act for ${from}; its owner can`)
}
