import type { Transaction } from "@tabard/control"
import { modelAdapter } from "./model-adapter.ts"
import type { OAuthAdapterDeps } from "./oauth-adapter.ts"
import { type Adapter, OidcProvider } from "./oidc-provider.ts"

/** What is written in the transaction that issues a token. */
export type WriteAlong = (tx: Pick<Transaction, "oauthModels">) => Promise<void>

/** What a request to the token endpoint wrote so far, and nobody put into the store yet. */
const waiting = new WeakMap<object, WriteAlong[]>()

/** Has what requests to the token endpoint use up kept back until their tokens are issued. */
export function writeAlong(provider: OidcProvider): void {
  provider.use((ctx, next) => {
    if (ctx.path === "/token") waiting.set(ctx, [])
    return next()
  })
}

/** Answers what waits for a request's token; from here on it is the caller's, and what comes later is written at once. */
export function writesOf(ctx: object): WriteAlong {
  const writes = waiting.get(ctx) ?? []
  waiting.delete(ctx)
  return async (tx) => {
    for (const write of writes) await write(tx)
  }
}

/**
 * Answers a shelf for what is used up by asking for a token: a code, a refresh token. It is consumed, and what follows it
 * is kept, together with the token or not at all: a request that is refused, or that the store could not take, leaves its
 * holder what they had.
 */
export function alongAdapter(deps: Pick<OAuthAdapterDeps, "shelf" | "clock">, kind: string): Adapter {
  const atOnce = modelAdapter(deps, kind)
  const within = ({ oauthModels }: Pick<Transaction, "oauthModels">): Adapter =>
    modelAdapter(
      { ...deps, shelf: { transact: (work) => work({ oauthModels }), snapshot: deps.shelf.snapshot } },
      kind,
    )
  return {
    ...atOnce,
    upsert: (...record) => later((tx) => within(tx).upsert(...record)) ?? atOnce.upsert(...record),
    consume: (id) => later((tx) => within(tx).consume(id)) ?? atOnce.consume(id),
  }
}

function later(write: (tx: Pick<Transaction, "oauthModels">) => Promise<unknown>): Promise<void> | undefined {
  const writes = OidcProvider.ctx && waiting.get(OidcProvider.ctx)
  if (!writes) return undefined
  writes.push(async (tx) => void (await write(tx)))
  return Promise.resolve()
}
