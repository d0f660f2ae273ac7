import type { Id } from "@tabard/core"
import type { RecordContext } from "../audit/event.ts"
import type { InventoryReads } from "./judge-inventory.ts"
import { refreshFindings } from "./refresh-findings.ts"

/**
 * Lets what was found about one agent be about another, which it turned out to be: findings keep their ids where the
 * other had none by that rule, and what both had is one. It is called in the transaction that merges the two.
 */
export async function mergeFindings(
  deps: RecordContext,
  tx: InventoryReads,
  from: Id<"agent">,
  to: Id<"agent">,
): Promise<void> {
  await tx.findings.moveSubject(from, to)
  await refreshFindings(deps, tx, [from, to])
}
