import type { Credential, Id, JsonObject } from "@tabard/core"
import type { SeenCredential } from "@tabard/scan"
import type { AuditEvent } from "../audit/event/audit-event.ts"
import { recordEvents } from "../audit/event/record-event.ts"
import { rescoreAgents } from "../risk/rescore-agents.ts"
import { indexSeenCredentials } from "../search/index-things.ts"
import { countChanges, type Recognised, type Reconciled, recognise } from "./recognise.ts"
import type { ScanStores, Sight } from "./sight.ts"

/** A seen credential, and what is kept of its sighting. */
interface Thing {
  readonly key: string
  readonly body: JsonObject
  readonly credential: SeenCredential
}

/** Keeps seen credentials, as kind, place and fingerprint, under one id each; answers the ids by key, and how many changed. */
export async function reconcileCredentials(
  tx: ScanStores,
  sight: Sight,
  seen: readonly SeenCredential[],
): Promise<Reconciled<"credential">> {
  const things = seen.map((credential) => ({ key: credential.key, body: bodyOf(credential), credential }))
  const recognised = await recognise(tx, sight, "credential", things)
  const news = recognised.filter((one) => one.news !== "same")
  const credentials = news.map(({ id, thing }) => keptAs(id, sight, thing.credential))
  await tx.observations.putCredentials(credentials)
  await indexSeenCredentials(tx, credentials)
  const users = await tx.observations.usersOf(
    news.filter((one) => one.news === "changed").map(({ id }) => id),
  )
  await rescoreAgents(sight, tx, [...users.values()].flat())
  await recordEvents(
    sight,
    tx.outbox,
    recognised.flatMap((one) => told(sight, one)),
  )
  const ids = new Map(recognised.map(({ id, thing }) => [thing.key, id]))
  return { ids, changes: countChanges(recognised) }
}

function bodyOf(credential: SeenCredential): JsonObject {
  return { ...credential, locations: credential.locations.map((place) => ({ ...place })) }
}

function keptAs(id: Id<"credential">, { at }: Sight, seen: SeenCredential): Credential {
  const { key, kind, provider, storedAs, fingerprint } = seen
  const locations = seen.locations.map(({ path, line }) => (line === null ? path : `${path}:${line}`))
  return { id, key, kind, provider, storedAs, fingerprint, locations, firstSeen: at, lastSeen: at }
}

function told(
  { by }: Sight,
  { id, thing, news, isBack }: Recognised<"credential", Thing>,
): readonly AuditEvent[] {
  if (news !== "new" && !isBack) return []
  const { kind, provider, storedAs } = thing.credential
  const type = news === "new" ? "credential.discovered" : "credential.reappeared"
  const data = { kind, provider, storedAs }
  return [{ type, actor: { kind: "system", id: by.name }, resource: id, data }]
}
