import { createHash } from "node:crypto"
import type { OAuthModel, Snapshot, Transact } from "@tabard/control"
import type { Clock, JsonObject } from "@tabard/core"
import { type Adapter, type AdapterPayload, errors } from "./oidc-provider.ts"

/** The library's names for what else a record is found by, each with the model that leads from it to the record. */
const FOUND_BY = { uid: "uid of ", userCode: "userCode of " } as const

/** What such a shelf is made from. */
export interface ModelAdapterDeps {
  readonly shelf: { readonly snapshot: Snapshot<"oauthModels">; readonly transact: Transact<"oauthModels"> }
  readonly clock: Clock
}

/** What may be used once came again: somebody has a copy of it. */
export class UsedTwice extends errors.InvalidGrant {}

/**
 * Answers a shelf for records that a grant needs kept between two requests. What a record is found by is what its
 * holder presents (a code, a refresh token, a device code, a user code), so its SHA-256 alone is kept. Of any number
 * who consume one, on any number of replicas, one does.
 */
export function modelAdapter({ shelf, clock }: ModelAdapterDeps, kind: string): Adapter {
  const find = async (hash: string): Promise<OAuthModel | undefined> =>
    shelf.snapshot(({ oauthModels }) => oauthModels.find(kind, hash, clock.now()))
  const findBy = async (name: keyof typeof FOUND_BY, value: string): Promise<AdapterPayload | undefined> => {
    const lead = await shelf.snapshot(({ oauthModels }) =>
      oauthModels.find(FOUND_BY[name] + kind, hashOf(value), clock.now()),
    )
    const hash = lead?.payload["leadsTo"]
    const found = typeof hash === "string" ? await find(hash) : undefined
    return found && { ...payloadOf(found), [name]: value }
  }
  return {
    upsert: (id, payload, expiresIn) =>
      shelf.transact(async ({ oauthModels }) => {
        const expiresAt = expiresIn ? new Date(clock.now().getTime() + expiresIn * 1000) : null
        for (const record of recordsOf(kind, { id, payload, expiresAt })) await oauthModels.put(record)
      }),
    find: async (id) => {
      const found = await find(hashOf(id))
      return found && { ...payloadOf(found), jti: id }
    },
    findByUid: (uid) => findBy("uid", uid),
    findByUserCode: (userCode) => findBy("userCode", userCode),
    consume: async (id) => {
      const first = await shelf.transact(({ oauthModels }) =>
        oauthModels.consume(kind, hashOf(id), clock.now()),
      )
      if (!first) throw new UsedTwice("it was used before")
    },
    destroy: (id) => shelf.transact(({ oauthModels }) => oauthModels.remove(kind, hashOf(id))),
    revokeByGrantId: (grant) => shelf.transact(({ oauthModels }) => oauthModels.removeGrant(grant)),
  }
}

interface ToKeep {
  readonly id: string
  readonly payload: AdapterPayload
  readonly expiresAt: Date | null
}

/** The record itself, without what it is found by, and a lead to it for each other name that it is found by. */
function recordsOf(kind: string, { id, payload, expiresAt }: ToKeep): readonly OAuthModel[] {
  const { jti: _jti, uid, userCode, ...kept } = payload
  const common = { grant: payload.grantId ?? null, consumedAt: null, expiresAt }
  const leads = Object.entries({ uid, userCode }).flatMap(([name, value]) =>
    value && isFoundBy(name)
      ? [{ ...common, model: FOUND_BY[name] + kind, id: hashOf(value), payload: { leadsTo: hashOf(id) } }]
      : [],
  )
  return [{ ...common, model: kind, id: hashOf(id), payload: asJson(kept) }, ...leads]
}

function isFoundBy(name: string): name is keyof typeof FOUND_BY {
  return name in FOUND_BY
}

function payloadOf({ payload, consumedAt }: OAuthModel): AdapterPayload {
  return { ...payload, ...(consumedAt && { consumed: Math.floor(consumedAt.getTime() / 1000) }) }
}

/** Members that are not there are left out, as JSON has no word for them. */
function asJson(payload: object): JsonObject {
  const json: JsonObject = JSON.parse(JSON.stringify(payload))
  return json
}

function hashOf(value: string): string {
  return createHash("sha256").update(value).digest("base64url")
}
