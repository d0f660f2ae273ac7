import { type Id, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { type AssessStores, reassessAgents } from "../findings/reassess-agents.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { restateAgents } from "./restate-agents.ts"

/** The stores that saying which sightings are one agent touches. */
export type CorrelatingStores = AssessStores &
  Pick<Transaction, "agents" | "correlations" | "facts" | "findings" | "observations" | "offers" | "outbox">

export interface CorrelateDeps extends RecordContext {
  readonly transact: Transact<keyof CorrelatingStores>
}

/**
 * Lets those through who look after every agent: whoever joins and splits agents decides what an owner answers for.
 *
 * @throws {Problem} not_allowed
 */
export function assertMayCorrelate(by: Caller): void {
  if (isSteward(by)) return
  throw new Problem("not_allowed", "only security and administrators say which sightings are one agent")
}

/** Brings links, facts, scores and findings of agents to the sightings that are theirs now; decisions read the new version. */
export async function takeStock(
  context: RecordContext,
  tx: CorrelatingStores,
  agents: readonly Id<"agent">[],
): Promise<void> {
  await tx.observations.relink(agents)
  await restateAgents(tx, agents)
  await reassessAgents(context, tx, agents)
  await tx.organisation.bumpVersion()
}
