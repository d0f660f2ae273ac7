import { type Id, newId } from "@tabard/core"
import type { SeenCredential } from "@tabard/scan"
import { recordEvent } from "../audit/event.ts"
import { observe } from "./observe.ts"
import type { ScanStores, Sight } from "./sight.ts"

/** Keeps each seen credential, as kind, place and fingerprint, under one id; answers the ids by key. */
export async function reconcileCredentials(
  tx: ScanStores,
  sight: Sight,
  seen: readonly SeenCredential[],
): Promise<ReadonlyMap<string, Id<"credential">>> {
  const ids = new Map<string, Id<"credential">>()
  for (const credential of seen) ids.set(credential.key, await reconcileCredential(tx, sight, credential))
  return ids
}

async function reconcileCredential(
  tx: ScanStores,
  sight: Sight,
  seen: SeenCredential,
): Promise<Id<"credential">> {
  const { id, known } = await observe(tx, sight, {
    kind: "credential",
    key: seen.key,
    body: { ...seen, locations: seen.locations.map((place) => ({ ...place })) },
    make: () => newId("credential", sight.clock),
  })
  const { key, kind, provider, storedAs, fingerprint } = seen
  const times = { firstSeen: sight.at, lastSeen: sight.at }
  const locations = seen.locations.map(({ path, line }) => (line === null ? path : `${path}:${line}`))
  await tx.observations.putCredential({ id, key, kind, provider, storedAs, fingerprint, locations, ...times })
  if (!known) {
    await recordEvent(sight, tx.outbox, {
      type: "credential.discovered",
      actor: { kind: "system", id: sight.reporter },
      resource: id,
      data: { kind, provider, storedAs },
    })
  }
  return id
}
