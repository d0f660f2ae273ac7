import type { SingleUse } from "@tabard/control"
import { invalidGrant } from "./grants/invalid-grant.ts"
import { errors, type KoaContextWithOIDC, OidcProvider } from "./oidc-provider.ts"
import { PROOF_WINDOW_SECONDS } from "./proof-window.ts"
import { type ReplayGuard, replayKey } from "./replay-guard.ts"

/** Ids of assertions, so that a used one is refused in the words for who a client is. */
const assertions = new WeakSet<SingleUse>()

/** What is said of an assertion that a grant was asked for by; whatever else is used once is a proof. */
const ASSERTION_USED: Readonly<Record<string, string>> = {
  workload: "this token was used before, and its trust rule takes each once: have the platform give another",
  "id-jag": "this assertion was used before: have the provider give another",
}

/**
 * What a request to the token endpoint uses that may be used once: its assertion and its proof. They are taken in the
 * transaction that issues, so that a token costs one commit; whatever is left when the answer is ready, since nothing
 * was issued, is taken before it leaves.
 */
const pending = new WeakMap<object, SingleUse[]>()

/** Answers what the request has used so far and nobody has taken; from here on it is the caller's to take. */
export function singleUses(ctx: KoaContextWithOIDC): readonly SingleUse[] {
  return pending.get(ctx)?.splice(0) ?? []
}

/** Takes what the request has used so far, where nothing is issued that could take it along. */
export async function takeNow(replay: ReplayGuard, ctx: KoaContextWithOIDC): Promise<void> {
  for (const use of singleUses(ctx)) {
    const first = await replay.take(use.namespace, use.key, use.expiresAt)
    if (!first) throw usedBefore(use)
  }
}

/** Answers how it is said that something was used before. */
export function usedBefore(use: SingleUse, cause?: unknown): Error {
  if (assertions.has(use)) {
    return new errors.InvalidClientAuth({ detail: "client assertion tokens must only be used once", cause })
  }
  const said = ASSERTION_USED[use.namespace]
  if (said !== undefined) return invalidGrant(said, { cause })
  return new errors.InvalidDpopProof("The DPoP proof was used before: each request needs its own.", { cause })
}

/**
 * The library looks an id up and then keeps it, so that of two at once both pass. Here the store decides who is first.
 * It is told to forget proofs when they are as old as the window allows; one from the future is still good then, so
 * everything is kept one window longer.
 */
export function takeOnce(provider: OidcProvider, replay: ReplayGuard): void {
  const take = ({ namespace, key, expiresAt }: SingleUse): Promise<boolean> =>
    replay.take(namespace, key, expiresAt)

  provider.ReplayDetection.unique = async (presenter, jti, until) => {
    const expiresAt = new Date((until + PROOF_WINDOW_SECONDS) * 1000)
    const use: SingleUse = { namespace: "oauth", key: replayKey(presenter, jti), expiresAt }
    const waiting = OidcProvider.ctx && pending.get(OidcProvider.ctx)
    if (!waiting) return take(use)
    // A client proves itself before its request is looked at.
    if (waiting.length === 0 && OidcProvider.ctx?.oidc.params?.["client_assertion"]) assertions.add(use)
    waiting.push(use)
    return true
  }
  provider.use(async (ctx, next) => {
    if (ctx.path !== "/token") return next()
    pending.set(ctx, [])
    await next()
    for (const use of pending.get(ctx) ?? []) await take(use)
  })
}
