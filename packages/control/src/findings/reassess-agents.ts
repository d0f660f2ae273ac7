import type { Id } from "@tabard/core"
import type { RecordContext } from "../audit/event.ts"
import { type RiskStores, rescoreAgents } from "../risk/rescore-agents.ts"
import type { InventoryReads } from "./judge-inventory.ts"
import { refreshFindings } from "./refresh-findings.ts"

/** The stores that looking at agents anew touches. */
export type AssessStores = RiskStores & InventoryReads

/** Scores and judges agents anew, in the transaction in which something about them changed. */
export async function reassessAgents(
  deps: RecordContext,
  tx: AssessStores,
  agents: readonly Id<"agent">[],
): Promise<void> {
  await rescoreAgents(deps, tx, agents)
  await refreshFindings(deps, tx, agents)
}
