import type { Shelf } from "@tabard/control"
import { EFFECT_CLASSES, type EffectClass, type Id, isId } from "@tabard/core"
import { z } from "zod"

/** What a client asks of whichever person looks at it, as it stood when it asked. */
export interface ClientRequest {
  /** What leads to it: as hard to guess as a session. */
  readonly id: string
  readonly way: "browser" | "device" | "backchannel"
  readonly client: { readonly id: string; readonly name: string; readonly host: string | null }
  readonly redirectUri: string | null
  /** What the token is to be for (RFC 8707). */
  readonly resource: string
  readonly scope: readonly EffectClass[]
  readonly message: string | null
  /** The one person who may answer; null for whoever signs in. */
  readonly asked: Id<"user"> | null
  /** Who answered. */
  readonly answeredBy: Id<"user"> | null
  readonly expiresAt: Date
}

const MODEL = "ClientRequest"

const user = z.custom<Id<"user">>((id) => isId("user", id)).nullable()
const Kept = z.object({
  way: z.enum(["browser", "device", "backchannel"]),
  client: z.object({ id: z.string(), name: z.string(), host: z.string().nullable() }),
  redirectUri: z.string().nullable(),
  resource: z.string(),
  scope: z.array(z.enum(EFFECT_CLASSES)),
  message: z.string().nullable(),
  asked: user,
  answeredBy: user,
})

/** Keeps a request until its time is over. */
export async function keepClientRequest(
  { transact }: Pick<Shelf, "transact">,
  { id, expiresAt, ...kept }: ClientRequest,
): Promise<void> {
  const payload = { ...kept, client: { ...kept.client } }
  await transact(({ oauthModels }) =>
    oauthModels.put({ model: MODEL, id, payload, grant: null, consumedAt: null, expiresAt }),
  )
}

/**
 * Keeps who answered a request. Of any number who answer it at once exactly one is told true: nobody puts their name over
 * another's answer.
 */
export async function keepAnswer(
  { transact }: Pick<Shelf, "transact">,
  { id, expiresAt, ...kept }: ClientRequest,
  at: Date,
): Promise<boolean> {
  const payload = { ...kept, client: { ...kept.client } }
  return transact(async ({ oauthModels }) => {
    if (!(await oauthModels.consume(MODEL, id, at))) return false
    await oauthModels.put({ model: MODEL, id, payload, grant: null, consumedAt: at, expiresAt })
    return true
  })
}

/** Answers the request that an id leads to; undefined where there is none, or its time is over. */
export async function findClientRequest(
  { snapshot }: Pick<Shelf, "snapshot">,
  id: string,
  now: Date,
): Promise<ClientRequest | undefined> {
  const found = await snapshot(({ oauthModels }) => oauthModels.find(MODEL, id, now))
  return found?.expiresAt ? { id, expiresAt: found.expiresAt, ...Kept.parse(found.payload) } : undefined
}
