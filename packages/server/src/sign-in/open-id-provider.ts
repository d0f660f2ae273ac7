import { readFile } from "node:fs/promises"
import { Problem } from "@tabard/core"
import * as client from "openid-client"
import { issuerName } from "./issuer-name.ts"
import type { ProviderConfig } from "./provider-config.ts"
import type { SignInFlow } from "./sign-in-flow.ts"

/** Whom a provider named, as its answer was verified. */
export interface NamedByProvider {
  readonly issuer: string
  readonly subject: string
  readonly email: string | undefined
  readonly emailVerified: boolean
  readonly name: string | undefined
  /** Undefined where no claim is set to name them; none where the provider did not. */
  readonly groups: readonly string[] | undefined
}

/** An OpenID provider that people sign in by. */
export interface OpenIdProvider {
  readonly name: string
  /** What it calls itself, and who signed in there is bound to. */
  readonly issuer: string
  /** Answers the provider's page for a way that begins. Rejects with provider_unavailable. */
  begin(flow: SignInFlow): Promise<URL>
  /**
   * Answers whom the provider named at the end of a way. State, issuer, code, nonce and signature are verified; whatever
   * is not right rejects with sign_in_invalid, and what cannot be asked with provider_unavailable.
   */
  end(flow: SignInFlow, search: string): Promise<NamedByProvider>
}

/** How long a provider may take to answer, in seconds. */
const PATIENCE = 10

/** Speaks with a provider at one address of ours; it is asked first when somebody signs in, not at the start. */
export function openIdProvider(config: ProviderConfig, redirectUri: string): OpenIdProvider {
  let known: Promise<client.Configuration> | undefined
  const discovered = async (): Promise<client.Configuration> => {
    known ??= discover(config)
    try {
      return await known
    } catch (cause) {
      known = undefined
      throw unavailable(config.name, cause)
    }
  }
  return {
    name: config.name,
    issuer: issuerName(config.issuer),
    async begin({ state, nonce, verifier }) {
      return client.buildAuthorizationUrl(await discovered(), {
        redirect_uri: redirectUri,
        scope: ["openid", "email", "profile", ...config.scopes].join(" "),
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      })
    },
    async end(flow, search) {
      const provider = await discovered()
      try {
        const answered = new URL(`${redirectUri}${search}`)
        return await named(provider, { flow, answered, groupsClaim: config.groupsClaim })
      } catch (cause) {
        throw isSilence(cause) ? unavailable(config.name, cause) : invalid(cause)
      }
    },
  }
}

async function discover({ issuer, clientId, secret }: ProviderConfig): Promise<client.Configuration> {
  const value = secret.kind === "value" ? secret.value.reveal() : (await readFile(secret.path, "utf8")).trim()
  // oxlint-disable-next-line typescript/no-deprecated -- marked so to stand out; the configuration lets http through on loopback alone
  const execute = issuer.protocol === "http:" ? [client.allowInsecureRequests] : []
  const options = { execute, timeout: PATIENCE }
  return client.discovery(issuer, clientId, undefined, client.ClientSecretBasic(value), options)
}

async function named(
  provider: client.Configuration,
  { flow, answered, groupsClaim }: { flow: SignInFlow; answered: URL; groupsClaim: string | null },
): Promise<NamedByProvider> {
  const { state, nonce, verifier } = flow
  const tokens = await client.authorizationCodeGrant(provider, answered, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims) throw new TypeError("the answer holds no identity")
  const asked = groupsClaim === null ? ["email"] : ["email", groupsClaim]
  const told = asked.every((name) => claims[name] !== undefined)
    ? claims
    : await toldBesides(provider, tokens.access_token, claims)
  // Whether an email is verified is asked of whoever named the email.
  const { email, email_verified: verified } = claims["email"] === undefined ? told : claims
  return {
    issuer: claims.iss,
    subject: claims.sub,
    email: textIn(email),
    emailVerified: verified === true,
    name: textIn(claims["name"] ?? told["name"]),
    groups: groupsClaim === null ? undefined : groupsIn(claims[groupsClaim] ?? told[groupsClaim]),
  }
}

/** Asks the provider's UserInfo endpoint for what the ID token lacks; one that has none can say no more. */
async function toldBesides(
  provider: client.Configuration,
  accessToken: string,
  claims: client.IDToken,
): Promise<Claims> {
  const silent = claims["email"] !== undefined && provider.serverMetadata().userinfo_endpoint === undefined
  return silent ? claims : client.fetchUserInfo(provider, accessToken, claims.sub)
}

function textIn(claim: unknown): string | undefined {
  return typeof claim === "string" ? claim : undefined
}

type Claims = Readonly<Record<string, unknown>>

/** The most groups of a person that are looked at, and the longest name of one. */
const MOST_GROUPS = 500
const LONGEST_GROUP = 256

/** What is no list of names names no group: whoever the provider does not put into one is in none. */
function groupsIn(claim: unknown): readonly string[] {
  const listed: readonly unknown[] = Array.isArray(claim) ? claim : [claim]
  return listed
    .slice(0, MOST_GROUPS)
    .filter((group) => typeof group === "string")
    .filter((group) => group.length <= LONGEST_GROUP)
}

/** Nobody answered, or not as a provider does; everything else is an answer that is not right. */
function isSilence(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  const code = "code" in cause ? cause.code : undefined
  return cause instanceof TypeError && cause.message === "fetch failed"
    ? true
    : code === "OAUTH_TIMEOUT" || code === "OAUTH_RESPONSE_IS_NOT_CONFORM"
}

function unavailable(name: string, cause: unknown): Problem {
  return new Problem("provider_unavailable", `${name} does not answer as an OpenID provider; try again`, {
    cause,
  })
}

function invalid(cause: unknown): Problem {
  return new Problem("sign_in_invalid", "this sign-in is not valid (any more): begin again", { cause })
}
