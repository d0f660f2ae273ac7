/** ID tokens: https://openid.net/specs/openid-connect-core-1_0.html#IDToken */
import type { Id } from "@tabard/core"
import { SignJWT } from "jose"
import type { IssuerSettings } from "../issuer-settings.ts"
import { signingKeyObject } from "../sign-access-token.ts"

/** As long as it takes to read it; it lets nobody in. */
const LIFE_SECONDS = 300

/** Answers a statement, for one client alone, of who said yes to it. */
export async function signIdToken(
  { issuer, keys, clock }: Pick<IssuerSettings, "issuer" | "keys" | "clock">,
  { subject, client }: { subject: Id<"user">; client: string },
): Promise<string> {
  const key = keys.signing()
  const now = Math.floor(clock.now().getTime() / 1000)
  return new SignJWT({ iss: issuer, sub: subject, aud: client, iat: now, exp: now + LIFE_SECONDS })
    .setProtectedHeader({ alg: "ES256", kid: key.kid, typ: "JWT" })
    .sign(await signingKeyObject(key))
}
