import type { Agent, Credential, Id } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import type { Judging } from "./gather-inventory.ts"
import { isEnded } from "./rules/inventory-agent.ts"
import type { InventoryCredential } from "./rules/inventory-credential.ts"

/** The stores that a credential's rules need. */
export type CredentialReads = Pick<Transaction, "agents" | "observations" | "outbox">

/** Reads what the rules look at of each credential. */
export async function gatherCredentials(
  tx: CredentialReads,
  { now }: Judging,
  ids: readonly Id<"credential">[],
): Promise<readonly InventoryCredential[]> {
  const credentials = await tx.observations.findCredentials(ids)
  const twins = await twinsOf(tx, credentials)
  const users = await tx.observations.usersOf([...ids, ...[...twins.values()].flat()])
  const agents = await agentsById(tx, [...users.values()].flat())
  const lastSeen = await tx.observations.lastSeen(ids)
  const vanished = await tx.observations.vanished(ids)
  const gathered: InventoryCredential[] = []
  for (const kept of credentials) {
    const credential = { ...kept, lastSeen: lastSeen.get(kept.id) ?? kept.lastSeen }
    const same = twins.get(credential.fingerprint ?? "") ?? [credential.id]
    const holders = new Set(same.flatMap((id) => users.get(id) ?? []))
    const held = [...holders].flatMap((id) => agents.get(id) ?? [])
    gathered.push({
      now,
      credential,
      vanished: vanished.has(credential.id),
      twins: same.map((id) => ({ id })),
      holders: held.filter((agent) => !isEnded(agent)).length,
      endedSince: await endedSince(tx, credential, held),
    })
  }
  return gathered
}

/** Answers the credentials that hold the same bytes, in the order of ids, by their fingerprint. */
export async function twinsOf(
  { observations }: Pick<CredentialReads, "observations">,
  credentials: readonly Credential[],
): Promise<ReadonlyMap<string, readonly Id<"credential">[]>> {
  const fingerprints = [...new Set(credentials.flatMap(({ fingerprint }) => fingerprint ?? []))]
  const same = Map.groupBy(
    await observations.withFingerprints(fingerprints),
    (twin) => twin.fingerprint ?? "",
  )
  return new Map([...same].map(([fingerprint, twins]) => [fingerprint, twins.map(({ id }) => id).toSorted()]))
}

async function agentsById(
  { agents }: CredentialReads,
  ids: readonly Id<"agent">[],
): Promise<ReadonlyMap<Id<"agent">, Agent>> {
  return new Map((await agents.findAll([...new Set(ids)])).map((agent) => [agent.id, agent]))
}

/** When the last of its agents was retired, where it was seen since; the record knows, and only then is it asked. */
async function endedSince(
  { outbox }: CredentialReads,
  { lastSeen }: Credential,
  agents: readonly Agent[],
): Promise<Date | null> {
  if (agents.length === 0 || agents.some(({ state }) => state !== "retired")) return null
  let last = 0
  for (const { id } of agents) {
    const [retired] = await outbox.list({ agent: id, type: "agent.retired", limit: 1 })
    last = Math.max(last, retired?.at.getTime() ?? Number.POSITIVE_INFINITY)
  }
  return last < lastSeen.getTime() ? new Date(last) : null
}
