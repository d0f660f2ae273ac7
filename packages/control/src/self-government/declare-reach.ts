import { type Id, isId, newId, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type AssessStores, reassessAgents } from "../findings/reassess-agents.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { agentsHaving } from "./gather-bound.ts"
import { isGoverningPlace } from "./government-node.ts"
import { withHands } from "./hands-of.ts"
import { isKeptPlace, type KeptPlace, keptKindOf, keptPlaceIn } from "./kept-place.ts"
import type { GovernmentReads } from "./predecessors.ts"
import type { Reach } from "./reach-store.ts"

export interface ReachDeps extends RecordContext {
  readonly transact: Transact<keyof ReachStores>
}

/** The stores that saying what is in whose hands touches. */
export type ReachStores = AssessStores & GovernmentReads & Pick<Transaction, "outbox">

/** Who is to be known to have what in their hands. */
export interface ReachWish {
  readonly holder: string
  readonly to: string
}

/**
 * Says that an agent, or a server, has an API token or a governing place in its hands, which nothing here could see.
 *
 * @throws {Problem} not_allowed, agent_not_found, server_not_found, api_token_not_found, body_invalid, reach_exists
 */
export async function declareReach(deps: ReachDeps, by: Caller, wish: ReachWish): Promise<Reach> {
  assertMayDeclare(by)
  return deps.transact((tx) => declareWithin(deps, tx, by, wish))
}

/** Says so in a transaction that goes on, as where a token is made for an agent. */
export async function declareWithin(
  deps: RecordContext,
  tx: ReachStores,
  by: Caller,
  wish: ReachWish,
): Promise<Reach> {
  const holder = await holderIn(tx, wish)
  const to = await endIn(tx, wish.to)
  const reach: Reach = {
    id: newId("reach", deps.clock),
    holder,
    to,
    declaredBy: by.id,
    declaredAt: deps.clock.now(),
  }
  if (!(await tx.reaches.declare(reach)))
    throw new Problem("reach_exists", `${holder} is known to have ${to} in its hands already`)
  await recordReach(deps, tx, by, { type: "reach.declared", reach })
  return reach
}

/** What can be seen of a server to lie in its folders. */
export type SeenPlace = KeptPlace | "manifests"

/** Keeps what was seen in the hands of a server that nobody uses yet. */
export async function declareSeen(
  deps: RecordContext,
  tx: Pick<Transaction, "outbox" | "reaches">,
  by: Caller,
  { holder, places }: { readonly holder: Id<"server">; readonly places: readonly SeenPlace[] },
): Promise<void> {
  for (const to of places) {
    const id = newId("reach", deps.clock)
    const reach: Reach = { id, holder, to, declaredBy: by.id, declaredAt: deps.clock.now() }
    if (await tx.reaches.declare(reach)) await recordDeclared(deps, tx, by, { type: "reach.declared", reach })
  }
}

/**
 * Takes back that something has a thing in its hands.
 *
 * @throws {Problem} not_allowed, reach_not_found
 */
export async function withdrawReach(deps: ReachDeps, by: Caller, id: string): Promise<void> {
  assertMayDeclare(by)
  await deps.transact(async (tx) => {
    const reach = isId("reach", id) ? await tx.reaches.find(id) : undefined
    if (!reach || !(await tx.reaches.withdraw(reach.id)))
      throw new Problem("reach_not_found", `nothing is declared under ${id.slice(0, 80)}`)
    await recordReach(deps, tx, by, { type: "reach.withdrawn", reach })
  })
}

async function recordReach(
  deps: RecordContext,
  tx: ReachStores,
  by: Caller,
  told: { type: "reach.declared" | "reach.withdrawn"; reach: Reach },
): Promise<void> {
  await recordDeclared(deps, tx, by, told)
  await reassess(deps, tx, [told.reach.holder])
}

async function recordDeclared(
  deps: RecordContext,
  tx: Pick<Transaction, "outbox">,
  by: Caller,
  { type, reach: { id, holder, to } }: { type: "reach.declared" | "reach.withdrawn"; reach: Reach },
): Promise<void> {
  await recordEvent(deps, tx.outbox, {
    type,
    actor: { kind: "user", id: by.id },
    ...(isId("agent", holder) && { agent: holder }),
    resource: to,
    data: { reach: id, holder },
  })
}

/** Judges anew whoever has an API token in their hands, which changed or ended. */
export async function reassessHolders(
  deps: RecordContext,
  tx: ReachStores,
  token: Id<"apiToken">,
): Promise<void> {
  await reassess(
    deps,
    tx,
    (await tx.reaches.into([token])).map(({ holder }) => holder),
  )
}

/** Whoever has a hand at all is looked at as well: what one can change may have come round to another by it. */
async function reassess(
  deps: RecordContext,
  tx: ReachStores,
  holders: readonly Reach["holder"][],
): Promise<void> {
  const touched = new Set(await withHands(tx, deps.clock.now()))
  for (const holder of holders)
    for (const agent of await agentsHaving(tx, holder, deps.clock.now())) touched.add(agent)
  if (touched.size > 0) await reassessAgents(deps, tx, [...touched])
}

async function holderIn(tx: ReachStores, { holder, to }: ReachWish): Promise<Reach["holder"]> {
  if (isId("agent", holder) && (await tx.agents.find(holder))) return holder
  if (isId("agent", holder)) throw new Problem("agent_not_found", `there is no agent ${holder}`)
  if (isId("server", holder) && (await isServer(tx, holder))) return holder
  // What a repository's pipeline runs has what that is given: to say it of anything but a token would say it of everybody.
  if (isKeptPlace(holder) && keptKindOf(holder) === "repository" && isId("apiToken", to))
    return keptPlaceIn(holder)
  throw new Problem("server_not_found", `there is no agent or server ${holder.slice(0, 80)}`)
}

async function isServer(tx: ReachStores, id: Id<"server">): Promise<boolean> {
  return (await tx.servers.find(id)) !== undefined || (await tx.observations.findServers([id])).length > 0
}

async function endIn({ apiTokens }: ReachStores, to: string): Promise<Exclude<Reach["to"], Id<"agent">>> {
  if (isGoverningPlace(to)) return to
  if (isKeptPlace(to)) return keptPlaceIn(to)
  if (isId("apiToken", to) && (await apiTokens.find(to))) return to
  throw new Problem("api_token_not_found", `there is no API token ${to.slice(0, 80)}`)
}

function assertMayDeclare(by: Caller): void {
  if (!isSteward(by))
    throw new Problem("not_allowed", "only security and administrators say what is in whose hands")
}
