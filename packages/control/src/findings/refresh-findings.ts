import type { Id } from "@tabard/core"
import type { RecordContext } from "../audit/event.ts"
import type { Judging } from "./gather-inventory.ts"
import { concernedBy, INVENTORY, type InventoryReads, judgeInventory } from "./judge-inventory.ts"
import { type Change, changeOf, sayFindings } from "./say-findings.ts"
import { settleFindings } from "./settle-findings.ts"

/**
 * Judges agents anew whose facts, owner or state changed, in the transaction that changed them: findings that no longer
 * hold are resolved by what put them right.
 */
export async function refreshFindings(
  deps: RecordContext,
  tx: InventoryReads,
  agents: readonly Id<"agent">[],
): Promise<void> {
  await rejudge(deps, tx, await concernedBy(tx, agents))
  // What a scan says of an agent falls silent with it, and speaks again with it.
  await settleFindings(deps, tx, agents)
}

/** Judges subjects of the inventory anew, and keeps what changed. */
export async function rejudge(
  deps: RecordContext,
  tx: InventoryReads,
  subjects: readonly string[],
): Promise<void> {
  await sayFindings(deps, tx, INVENTORY, await changeSince(deps, tx, subjects))
}

/** Answers what the rules say otherwise now than when these subjects were last judged. */
export async function changeSince(
  deps: RecordContext,
  tx: InventoryReads,
  subjects: readonly string[],
): Promise<Change> {
  const now = await judgeInventory(tx, await judging(deps, tx), subjects)
  return changeOf(await tx.findings.saidOf(INVENTORY, subjects), now)
}

async function judging(
  { clock }: RecordContext,
  { organisation }: Pick<InventoryReads, "organisation">,
): Promise<Judging> {
  const { graceDays } = await organisation.settings()
  return { now: clock.now(), graceDays }
}
