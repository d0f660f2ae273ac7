import { type IssuedToken, issueToken } from "@tabard/control"
import { type Id, isId } from "@tabard/core"
import { askedTask } from "./asked-task.ts"
import { ENROLLED_KEY } from "./instance-client.ts"
import type { IssuerSettings } from "./issuer-settings.ts"
import { oauthRefusal } from "./oauth-refusal.ts"
import { type Configuration, errors, type KoaContextWithOIDC } from "./oidc-provider.ts"

type Customizer = NonNullable<NonNullable<NonNullable<Configuration["formats"]>["customizers"]>["jwt"]>
type Token = Parameters<Customizer>[1]
type JwtParts = Parameters<Customizer>[2]

/** Judges and records each token in the moment before it is signed, and writes what was recorded into it. */
export function tokenAuthoriser(settings: IssuerSettings): Customizer {
  return async (ctx, token, jwt) => {
    const client = provenClient(ctx, token)
    const stop = await settings.record.stop()
    if (stop) throw new errors.TemporarilyUnavailable(stop.words)
    const issued = await issueToken(
      { ...settings, door: "issuer" },
      {
        jti: String(jwt.payload["jti"]),
        instance: client.instance,
        task: askedTask(ctx),
        audience: String(jwt.payload["aud"]),
        jkt: client.jkt,
        grant: "client_credentials",
        lifetimeSeconds: settings.tokenLifetimeSeconds,
      },
    ).catch((error: unknown) => {
      throw oauthRefusal(error)
    })
    writeClaims(issued, token, jwt)
  }
}

/**
 * The proof's key has to be the enrolled one: a stolen assertion is then worth nothing without the key, `cnf` names a
 * key that a person agreed to, and revoking the instance ends every token that it ever got.
 */
function provenClient(ctx: KoaContextWithOIDC, token: Token): { instance: Id<"instance">; jkt: string } {
  const { client } = ctx.oidc
  if (token.kind !== "ClientCredentials") throw new errors.UnsupportedGrantType()
  if (!client || !isId("instance", client.clientId))
    throw new errors.InvalidClientAuth("no enrolled instance")
  if (!token.jkt || token.jkt !== client[ENROLLED_KEY]) {
    throw new errors.InvalidDpopProof("the proof has to be made with the key that was enrolled")
  }
  return { instance: client.clientId, jkt: token.jkt }
}

function writeClaims({ claims, issuedAt, expiresAt }: IssuedToken, token: Token, jwt: JwtParts): void {
  const [iat, exp] = [issuedAt.getTime() / 1000, expiresAt.getTime() / 1000]
  Object.assign(jwt.payload, claims, { iat, exp })
  // What the library answers as `expires_in`: it may be less than it reckoned with.
  Object.assign(token, { expiresIn: exp - iat })
}
