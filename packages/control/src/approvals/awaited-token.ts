import { type Id, isId, type JsonObject, newHandle } from "@tabard/core"
import { handleHash } from "../access/handle-hash.ts"
import type { Transaction } from "../transaction.ts"

/** An agent's request for a token that waits for a person; nobody can find it who does not hold its id. */
export interface AwaitedToken {
  readonly instance: Id<"instance">
  readonly approval: Id<"approval">
  /** The attempt that asked, and that uses the answer up. */
  readonly call: Id<"call">
  /** How long the agent has to wait between two polls, in seconds. */
  readonly interval: number
  /** When it may poll again. */
  readonly next: Date
}

const MODEL = "AwaitedToken"

/** How long it is known that a request is over, so that its agent is told so. */
const REMEMBERED_MS = 60 * 60 * 1000

/** As many requests as wait for one answer: an agent that starts anew asks anew. */
const MOST_AWAITED = 20

type Models = Pick<Transaction, "oauthModels">

/** Keeps a request, and answers the id by which its agent comes back: 256 random bits, of which a hash is kept. */
export async function keepAwaited(tx: Models, awaited: AwaitedToken, until: Date): Promise<string> {
  const id = newHandle() + newHandle()
  await putAwaited(tx, handleHash(id), { awaited, until: new Date(until.getTime() + REMEMBERED_MS) })
  return id
}

/** Answers whether as many requests wait for one answer as are kept: no agent fills the store by asking over and over. */
export async function isCrowded({ oauthModels }: Models, approval: Id<"approval">): Promise<boolean> {
  return (await oauthModels.countGrant(approval)) >= MOST_AWAITED
}

/** A request as it is kept, by the hash of its id. */
export interface KeptAwaited {
  readonly key: string
  readonly awaited: AwaitedToken
  readonly until: Date
}

/** Answers a request that nobody has had a token by; undefined where there is none (any more). */
export async function findAwaited(
  { oauthModels }: Models,
  id: string,
  now: Date,
): Promise<KeptAwaited | undefined> {
  const key = handleHash(id)
  const found = await oauthModels.find(MODEL, key, now)
  const awaited = found && !found.consumedAt ? awaitedIn(found.payload) : undefined
  return awaited && found?.expiresAt ? { key, awaited, until: found.expiresAt } : undefined
}

/** Keeps when a request may be asked after again. */
export async function keepPolled(
  tx: Models,
  { key, awaited, until }: KeptAwaited,
  polled: Pick<AwaitedToken, "interval" | "next">,
): Promise<void> {
  await putAwaited(tx, key, { awaited: { ...awaited, ...polled }, until })
}

/** Takes a request: of any number of polls, on any number of replicas, one is answered with a token. */
export function takeAwaited({ oauthModels }: Models, key: string, now: Date): Promise<boolean> {
  return oauthModels.consume(MODEL, key, now)
}

async function putAwaited(
  { oauthModels }: Models,
  id: string,
  { awaited, until }: Pick<KeptAwaited, "awaited" | "until">,
): Promise<void> {
  const payload = { ...awaited, next: awaited.next.getTime() }
  const grant = awaited.approval
  await oauthModels.put({ model: MODEL, id, payload, grant, consumedAt: null, expiresAt: until })
}

function awaitedIn({ instance, approval, call, interval, next }: JsonObject): AwaitedToken | undefined {
  if (!isId("instance", instance) || !isId("approval", approval) || !isId("call", call)) return undefined
  if (typeof interval !== "number" || typeof next !== "number") return undefined
  return { instance, approval, call, interval, next: new Date(next) }
}
