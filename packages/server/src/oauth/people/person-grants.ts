/** Tokens for the clients of people: https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3 and §6 */
import { type ClientGrant, type Id, isId } from "@tabard/core"
import type { AskedToken, LibraryGrant } from "../grants/grant.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { errors, type KoaContextWithOIDC, type TokenModel } from "../oidc-provider.ts"
import { agreedDetails } from "./agreed-details.ts"
import { askedScope } from "./asked-scope.ts"
import { instanceOf } from "./library-grant.ts"

/** By a code that its person's browser brought. */
export const authorizationCode: LibraryGrant = personGrant("authorization_code")

/** By a refresh token: the person's word of before, and everything else as it stands now. */
export const refreshToken: LibraryGrant = personGrant("refresh_token")

function personGrant(type: "authorization_code" | "refresh_token"): LibraryGrant {
  return {
    kind: "library",
    type,
    forInstances: false,
    asked: (ctx, token, settings) => askedFor(ctx, token, { settings, grant: type }),
  }
}

/** Answers what is issued to the client that a person signed in: to the instance that they agreed to, as it stands now. */
export async function askedFor(
  ctx: KoaContextWithOIDC,
  token: TokenModel,
  { settings, grant }: { settings: IssuerSettings; grant: AskedToken["grant"] },
): Promise<AskedToken> {
  const { client, account, entities } = ctx.oidc
  if (!client || !account || !isId("user", account.accountId))
    throw new errors.InvalidGrant("nobody signed in")
  const { instance } = await standingGrant(settings, account.accountId, client.clientId)
  if (instance !== instanceOf(entities.Grant?.jti ?? "")) throw signedOut()
  return {
    instance,
    ...agreedDetails(ctx),
    audience: String(token.aud),
    jkt: token.jkt ?? null,
    grant,
    clientId: client.clientId,
    served: account.accountId,
    scope: "scope" in token ? askedScope(token.scope) : null,
  }
}

type Standing = ClientGrant & { readonly instance: Id<"instance"> }

/** A client that was signed out is nobody's any more, whatever code or refresh token it kept. */
async function standingGrant({ shelf }: IssuerSettings, user: Id<"user">, client: string): Promise<Standing> {
  const grant = await shelf.snapshot(({ clientGrants }) => clientGrants.find(user, client))
  if (!grant?.agreedAt || grant.endedAt || !grant.instance) throw signedOut()
  return { ...grant, instance: grant.instance }
}

/** Also where it was signed in anew since: what a sign-in of before left is nothing to the next. */
function signedOut(): Error {
  return new errors.InvalidGrant("this client was signed out; have its person sign it in again")
}
