import type { Id } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { type KnownAgent, knownAgents } from "../risk/known-agent.ts"
import type { Judging } from "./gather-inventory.ts"
import { INVENTORY, type InventoryReads, judgeInventory, type ToJudge } from "./judge-inventory.ts"
import { type Change, changeOf, sayFindings } from "./say-findings.ts"

/**
 * Judges agents anew whose facts, owner or state changed, in the transaction that changed them: findings that no longer
 * hold are resolved by what put them right.
 */
export async function refreshFindings(
  deps: RecordContext,
  tx: InventoryReads,
  agents: readonly Id<"agent">[],
): Promise<void> {
  await refreshKnown(deps, tx, await knownAgents(tx, await tx.agents.findAll([...new Set(agents)])))
}

/** Judges agents anew from what is known of them now. */
export async function refreshKnown(
  deps: RecordContext,
  tx: InventoryReads,
  known: readonly KnownAgent[],
): Promise<void> {
  // What a scan says of an agent falls silent with it, and speaks again with it.
  const also = known.map(({ agent }) => agent.id)
  await sayFindings(deps, tx, INVENTORY, {
    ...(await changeSince(deps, tx, { known, credentials: [] })),
    also,
  })
}

/** Judges credentials anew, whoever holds them. */
export async function refreshCredentials(
  deps: RecordContext,
  tx: InventoryReads,
  ids: readonly Id<"credential">[],
): Promise<void> {
  const credentials = await tx.observations.findCredentials(ids)
  await sayFindings(deps, tx, INVENTORY, await changeSince(deps, tx, { known: [], credentials }))
}

/** Answers what the rules say otherwise now than when these subjects were last judged. */
export async function changeSince(
  deps: RecordContext,
  tx: InventoryReads,
  toJudge: ToJudge,
): Promise<Change> {
  const { subjects, words } = await judgeInventory(tx, await judging(deps, tx), toJudge)
  return changeOf(await tx.findings.saidOf(INVENTORY, subjects), words)
}

async function judging(
  { clock }: RecordContext,
  { organisation }: Pick<InventoryReads, "organisation">,
): Promise<Judging> {
  const { graceDays } = await organisation.settings()
  const { bearerTiers } = await organisation.tokenSettings()
  return { now: clock.now(), graceDays, bearerTiers }
}
