import { AlreadyUsed, type IssuedToken, issueToken, type TokenRequest } from "@tabard/control"
import type { AskedToken } from "./grants/grant.ts"
import type { IssuerSettings } from "./issuer-settings.ts"
import { oauthRefusal } from "./oauth-refusal.ts"
import { errors } from "./oidc-provider.ts"
import { usedBefore } from "./single-use.ts"
import { MAX_LIFETIME_SECONDS } from "./token-lifetime.ts"

/** What is issued, and what the request for it used up. */
export interface AccessTokenRequest extends Pick<TokenRequest, "along" | "jti" | "once" | "seen"> {
  readonly asked: AskedToken
}

/**
 * Issues what a grant asked for: judged and recorded, with its event, before anybody signs it. Every access token comes
 * by here. Where the record is not kept, nothing is issued.
 */
export async function issueAccessToken(
  settings: IssuerSettings,
  { jti, asked, once, along, seen }: AccessTokenRequest,
): Promise<IssuedToken> {
  const stop = await settings.record.stop()
  if (stop) throw new errors.TemporarilyUnavailable(stop.words)
  return issueToken(
    { ...settings, door: "issuer" },
    {
      ...asked,
      jti,
      seen,
      ...(along && { along }),
      once: [...once, ...(asked.once ?? [])],
      settings: await settings.settled.read(),
      lifetimeSeconds: asked.lifetimeSeconds ?? MAX_LIFETIME_SECONDS,
    },
  ).catch((error: unknown) => {
    throw error instanceof AlreadyUsed ? usedBefore(error.use, error) : oauthRefusal(error)
  })
}
