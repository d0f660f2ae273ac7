/**
 * Identity assertions of the organisation's provider as grants (MCP enterprise-managed authorization), as they stand in
 * https://datatracker.ietf.org/doc/draft-ietf-oauth-identity-assertion-authz-grant. What a new revision of the draft
 * changes is changed here.
 */
import { agreeToClient, claimSeconds } from "@tabard/control"
import { type Client, isId, type JsonObject, Problem, type User } from "@tabard/core"
import type { ReadAssertion } from "../../federation/read-assertion.ts"
import { signatureFault } from "../../federation/verify-workload.ts"
import { askedDetailsOf } from "../asked-details.ts"
import { askedResource } from "../grants/asked-resource.ts"
import type { GrantAnswer, GrantClient, GrantRequest } from "../grants/grant.ts"
import { invalidGrant } from "../grants/invalid-grant.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { errors } from "../oidc-provider.ts"
import { replayKey } from "../replay-guard.ts"
import { askedScope } from "./asked-scope.ts"

/** The `typ` of such assertions, of those that are brought here and of those that are written here. */
export const ID_JAG_TYPE = "oauth-id-jag+jwt"
const ALGORITHMS: readonly unknown[] = ["ES256", "ES384", "PS256", "RS256", "EdDSA", "Ed25519"]

/** The longest that one may be good for: it is handed over at once. */
const MAX_LIFE_SECONDS = 600
/** How far a provider's clock may be ahead of ours. */
const SKEW_SECONDS = 30

/** Answers whether an assertion says that it is one of these. */
export function isIdentityAssertion({ header }: ReadAssertion): boolean {
  return header["typ"] === ID_JAG_TYPE
}

/**
 * Says what is issued to a client that brings the provider's word for a person: what it would be issued had the person
 * signed it in. The word is no adoption: an agent that nobody vouched for gets nothing, whoever its person is.
 */
export async function answerIdentityAssertion(
  { client, parameters, jkt }: GrantRequest,
  assertion: ReadAssertion,
  settings: IssuerSettings,
): Promise<GrantAnswer> {
  const known = await provenClient(settings, client)
  const { jti, iat, exp } = await requireWord(settings, assertion, known.id)
  const user = await personOf(settings, assertion.claims)
  const audience = await askedResource(parameters, settings)
  assertWithin(assertion.claims["resource"], audience)
  const word = { issuedAt: new Date(iat * 1000) }
  const agreed = await agreeToClient(
    { ...settings, door: "issuer" },
    user,
    { ...known, host: null },
    word,
  ).catch((error: unknown) => {
    throw error instanceof Problem ? invalidGrant(error.message) : error
  })
  if (agreed.kind === "waiting" || !agreed.grant.instance) {
    const why = agreed.kind === "waiting" ? agreed.why.message : "it has no instance"
    throw invalidGrant(`this client may not act for its person yet: ${why}`)
  }
  const use = {
    namespace: "id-jag",
    key: replayKey(settings.provider ?? "", jti),
    expiresAt: new Date(exp * 1000),
  }
  const { instance } = agreed.grant
  const asked = { instance, ...askedDetailsOf(parameters.one("authorization_details")), audience, jkt }
  const scope = scopeWithin(assertion.claims["scope"], parameters.one("scope"))
  return { asked: { ...asked, scope, grant: "jwt-bearer", served: user.id, clientId: known.id, once: [use] } }
}

/** Only a client that proves itself is named in an assertion: a public one could be anybody who overheard it. */
export async function provenClient(
  { shelf }: IssuerSettings,
  client: GrantClient | null,
): Promise<{ readonly id: Client["id"]; readonly name: string }> {
  const id = client?.id
  const found = isId("client", id) ? await shelf.snapshot(({ clients }) => clients.find(id)) : undefined
  if (found && !found.removedAt && found.keys.length > 0) return { id: found.id, name: found.name }
  throw new errors.UnauthorizedClient("a client that is registered here with a key brings such an assertion")
}

/** From when until when it is good, in seconds. */
interface Times {
  readonly iat: number
  readonly exp: number
}

/** Answers what names the assertion, and until when it could be brought again. */
async function requireWord(
  settings: IssuerSettings,
  assertion: ReadAssertion,
  client: string,
): Promise<{ readonly jti: string } & Times> {
  assertAddressed(settings, assertion, client)
  const { jti } = assertion.claims
  if (typeof jti !== "string" || jti === "" || jti.length > 256) throw invalidGrant("its jti is missing")
  const times = requireTimely(assertion, settings.clock.now())
  const keys = { issuer: settings.provider ?? "", form: "openid", keys: { kind: "discovery" } } as const
  const fault = await signatureFault(settings.outsideKeys, keys, assertion)
  if (fault) throw invalidGrant(fault.said)
  return { jti, ...times }
}

/** From our provider, for us alone, given to this client. */
function assertAddressed(
  { provider, issuer }: IssuerSettings,
  { header, claims }: ReadAssertion,
  client: string,
): void {
  if (provider === null || claims["iss"] !== provider)
    throw invalidGrant("it is not the word of this organisation's provider")
  if (!ALGORITHMS.includes(header["alg"])) throw invalidGrant("its algorithm is none that is taken here")
  if (claims["aud"] !== issuer) throw invalidGrant(`its audience has to be ${issuer} alone`)
  if (claims["client_id"] !== client) throw invalidGrant("it was given to another client")
}

function requireTimely({ claims }: ReadAssertion, now: Date): Times {
  const seconds = now.getTime() / 1000
  const [iat, exp] = [claimSeconds(claims["iat"]), claimSeconds(claims["exp"])]
  if (exp === undefined || iat === undefined || exp <= seconds || iat > seconds + SKEW_SECONDS)
    throw invalidGrant("it is over, or from the future")
  if (exp - iat > MAX_LIFE_SECONDS)
    throw invalidGrant(`it may be good for ${MAX_LIFE_SECONDS} seconds at most`)
  return { iat, exp }
}

/** An account at the provider is its issuer and subject, never its email; what it says of us has to be so. */
async function personOf({ shelf, organisation }: IssuerSettings, claims: JsonObject): Promise<User> {
  const { iss, sub, aud_sub, aud_tenant } = claims
  if (typeof iss !== "string" || typeof sub !== "string") throw invalidGrant("it names nobody")
  const user = await shelf.snapshot(async ({ bindings, users }) => {
    const id = await bindings.find({ issuer: iss, subject: sub })
    return id && users.find(id)
  })
  if (!user?.active) throw invalidGrant("nobody here is known by this account")
  if (aud_sub !== undefined && aud_sub !== user.id)
    throw invalidGrant("it means somebody else here (aud_sub)")
  if (aud_tenant !== undefined && aud_tenant !== organisation.slug && aud_tenant !== organisation.id)
    throw invalidGrant("it means another organisation (aud_tenant)")
  return user
}

/** What the provider let the client have, where it says so, is the most that it gets. */
function assertWithin(named: unknown, audience: string): void {
  const resources = named === undefined ? [audience] : [named].flat()
  const covers = resources.some(
    (one) => typeof one === "string" && (one === audience || audience.startsWith(`${one}/`)),
  )
  if (!covers) throw new errors.InvalidTarget("the provider did not let this client have that resource")
}

function scopeWithin(given: unknown, asked: string | undefined): ReturnType<typeof askedScope> {
  const [most, wanted] = [askedScope(given), askedScope(asked)]
  const scope = wanted.filter((effect) => most.includes(effect))
  if (scope.length > 0) return scope
  throw new errors.InvalidScope("the provider did not let this client have that", asked ?? "")
}
