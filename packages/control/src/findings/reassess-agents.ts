import type { Id } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { knownAgents } from "../risk/known-agent.ts"
import { type RiskStores, rescoreKnown } from "../risk/rescore-agents.ts"
import { type IndexAgentStores, indexAgents } from "../search/index-agents.ts"
import type { InventoryReads } from "./judge-inventory.ts"
import { refreshKnown } from "./refresh-findings.ts"

/** The stores that looking at agents anew touches. */
export type AssessStores = RiskStores & InventoryReads & IndexAgentStores

/** Scores, judges and indexes agents anew, in the transaction in which something about them changed. */
export async function reassessAgents(
  deps: RecordContext,
  tx: AssessStores,
  agents: readonly Id<"agent">[],
): Promise<void> {
  const known = await knownAgents(tx, await tx.agents.findAll([...new Set(agents)]))
  await rescoreKnown(deps, tx, known)
  await refreshKnown(deps, tx, known)
  await indexAgents(tx, known)
}
