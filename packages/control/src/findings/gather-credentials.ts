import type { Agent, Credential, Id } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import type { Judging } from "./gather-inventory.ts"
import { isEnded } from "./rules/inventory-agent.ts"
import type { InventoryCredential } from "./rules/inventory-credential.ts"

/** The stores that a credential's rules need. */
export type CredentialReads = Pick<Transaction, "agents" | "observations" | "outbox">

/** Reads what the rules look at of each of the credentials, and of those that hold the same bytes elsewhere. */
export async function gatherCredentials(
  tx: CredentialReads,
  { now }: Judging,
  wanted: readonly Credential[],
): Promise<readonly InventoryCredential[]> {
  const credentials = await withTwins(tx, wanted)
  const ids = credentials.map(({ id }) => id)
  const vanished = await tx.observations.vanished(ids)
  const twins = twinsAmong(credentials.filter(({ id }) => !vanished.has(id)))
  const users = await tx.observations.usersOf(ids)
  const agents = await agentsById(tx, [...users.values()].flat())
  const lastSeen = await tx.observations.lastSeen(ids)
  const gathered: InventoryCredential[] = []
  for (const kept of credentials) {
    const credential = { ...kept, lastSeen: lastSeen.get(kept.id) ?? kept.lastSeen }
    const same = twins.get(kept.fingerprint) ?? [kept.id]
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

async function withTwins(
  { observations }: CredentialReads,
  credentials: readonly Credential[],
): Promise<readonly Credential[]> {
  const fingerprints = [...new Set(credentials.flatMap(({ fingerprint }) => fingerprint ?? []))]
  const twins = await observations.withFingerprints(fingerprints)
  return [...new Map([...credentials, ...twins].map((credential) => [credential.id, credential])).values()]
}

/** Those that hold the same bytes, in the order of ids; without a fingerprint nobody can say so. */
function twinsAmong(
  credentials: readonly Credential[],
): ReadonlyMap<Credential["fingerprint"], readonly Id<"credential">[]> {
  const known = credentials.filter(({ fingerprint }) => fingerprint !== null)
  const same = Map.groupBy(known, ({ fingerprint }) => fingerprint)
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
