/**
 * Identity assertions for other authorization servers: the issuing half of
 * https://datatracker.ietf.org/doc/draft-ietf-oauth-identity-assertion-authz-grant (§ Token Exchange).
 */
import type { IssuedToken, PresentedToken } from "@tabard/control"
import type { OtherServer } from "@tabard/core"
import { decodeJwt, SignJWT } from "jose"
import type { GrantAnswer, GrantParameters, GrantRequest } from "../grants/grant.ts"
import { readOwnToken } from "../grants/subject-token.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { errors } from "../oidc-provider.ts"
import { signingKeyObject } from "../sign-access-token.ts"
import { ID_JAG_TYPE, provenClient } from "./id-jag.ts"

/** What is asked for at the token endpoint (§ Token Exchange). */
export const ID_JAG_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:id-jag"

/** It is handed over at once, and nothing of ours can end it sooner elsewhere. */
const LIFETIME_SECONDS = 300

/**
 * Says what is issued to a client that wants to bring its person to a server elsewhere: an assertion for that server
 * alone, in exchange for the token that its person signed in for, with the key of that token proven. An administrator has listed server
 * and client; for any other there is none.
 */
export async function answerOnward(
  { client, parameters, jkt }: GrantRequest,
  settings: IssuerSettings,
): Promise<GrantAnswer> {
  const { id } = await provenClient(settings, client)
  const subject = await ownToken(parameters, settings, { client: id, jkt })
  const server = await listedServer(parameters, settings, id)
  const granted = {
    scope: within(server.scope, parameters.one("scope")?.split(" ").filter(Boolean) ?? []),
    resources: resourcesWithin(server.resources, parameters.all("resource")),
  }
  return {
    asked: {
      instance: subject.instance,
      task: null,
      audience: server.issuer,
      jkt,
      grant: "token-exchange",
      clientId: id,
      subject,
      onward: true,
      lifetimeSeconds: LIFETIME_SECONDS,
    },
    members: { issued_token_type: ID_JAG_TOKEN_TYPE },
    write: async ({ jti, issued }) => ({
      access_token: await signed(settings, { jti, issued, server, granted }),
      token_type: "N_A",
      ...(granted.scope.length > 0 && { scope: granted.scope.join(" ") }),
    }),
  }
}

/** The token of this very client, with the key that it is bound to proven: one that was overheard is worth nothing here. */
async function ownToken(
  parameters: GrantParameters,
  settings: IssuerSettings,
  { client, jkt }: { readonly client: string; readonly jkt: string | null },
): Promise<PresentedToken> {
  if (parameters.one("actor_token") !== undefined || parameters.one("authorization_details") !== undefined)
    throw new errors.InvalidRequest("an assertion is asked for without actor_token and authorization_details")
  const token = parameters.one("subject_token") ?? ""
  const type = parameters.one("subject_token_type")
  const subject = await readOwnToken(settings, { name: "subject_token", token, type })
  if (decodeJwt(token)["client_id"] !== client)
    throw new errors.InvalidRequest("the subject_token was issued to another client")
  if (subject.jkt === jkt) return subject
  throw new errors.InvalidDpopProof(
    "the proof has to be made with the key that the subject_token is bound to",
  )
}

async function listedServer(
  parameters: GrantParameters,
  { settled, issuer }: IssuerSettings,
  client: string,
): Promise<OtherServer> {
  const [audience, ...others] = parameters.all("audience")
  if (audience === undefined || others.length > 0)
    throw new errors.InvalidRequest("audience has to name one authorization server, by its issuer")
  const { otherServers } = await settled.read()
  const found = otherServers.find((server) => server.issuer === audience && server.client === client)
  // What this issuer gives for itself comes from itself, never by way of an assertion of its own (§ Cross-Domain Use).
  if (found && audience !== issuer) return found
  throw new errors.InvalidTarget("no administrator has listed this authorization server for this client")
}

/** All that is listed where nothing is named; what is named beyond is refused, not cut. */
function within(listed: readonly string[], named: readonly string[]): readonly string[] {
  const beyond = named.filter((word) => !listed.includes(word))
  if (beyond.length === 0) return named.length > 0 ? named : listed
  throw new errors.InvalidScope("that is more than is listed for this server", beyond.join(" "))
}

function resourcesWithin(listed: readonly string[], named: readonly string[]): readonly string[] {
  if (named.every((resource) => listed.includes(resource))) return named.length > 0 ? named : listed
  throw new errors.InvalidTarget("this resource is not listed for that server")
}

interface Word {
  readonly jti: string
  readonly issued: IssuedToken
  readonly server: OtherServer
  readonly granted: { readonly scope: readonly string[]; readonly resources: readonly string[] }
}

/** No email goes along: an address that this organisation was told is no proof of whose it is elsewhere. */
async function signed(
  { keys, issuer }: IssuerSettings,
  { jti, issued: { claims, issuedAt, expiresAt }, server, granted: { scope, resources } }: Word,
): Promise<string> {
  const key = keys.signing()
  const [only, ...more] = resources
  const said = {
    iss: issuer,
    sub: claims.sub,
    ...(claims.act && { act: claims.act }),
    aud: server.issuer,
    client_id: server.clientId,
    jti,
    iat: issuedAt.getTime() / 1000,
    exp: expiresAt.getTime() / 1000,
    ...(only !== undefined && { resource: more.length > 0 ? resources : only }),
    ...(scope.length > 0 && { scope: scope.join(" ") }),
  }
  return new SignJWT(said)
    .setProtectedHeader({ alg: "ES256", kid: key.kid, typ: ID_JAG_TYPE })
    .sign(await signingKeyObject(key))
}
