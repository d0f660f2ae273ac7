import { readFile } from "node:fs/promises"
import { Problem } from "@tabard/core"
import * as client from "openid-client"
import type { ProviderConfig } from "../config.ts"
import type { SignInFlow } from "./sign-in-flow.ts"

/** Whom a provider named, as its answer was verified. */
export interface NamedByProvider {
  readonly issuer: string
  readonly subject: string
  readonly email: string | undefined
  readonly emailVerified: boolean
}

/** An OpenID provider that people sign in by. */
export interface OpenIdProvider {
  readonly name: string
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
    async begin({ state, nonce, verifier }) {
      return client.buildAuthorizationUrl(await discovered(), {
        redirect_uri: redirectUri,
        scope: "openid email",
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      })
    },
    async end(flow, search) {
      const provider = await discovered()
      try {
        return await named(provider, flow, new URL(`${redirectUri}${search}`))
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
  { state, nonce, verifier }: SignInFlow,
  answered: URL,
): Promise<NamedByProvider> {
  const tokens = await client.authorizationCodeGrant(provider, answered, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims) throw new TypeError("the answer holds no identity")
  const said =
    claims["email"] === undefined
      ? await client.fetchUserInfo(provider, tokens.access_token, claims.sub)
      : claims
  const { email, email_verified: verified } = said
  return {
    issuer: claims.iss,
    subject: claims.sub,
    email: typeof email === "string" ? email : undefined,
    emailVerified: verified === true,
  }
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
