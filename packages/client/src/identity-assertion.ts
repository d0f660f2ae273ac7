/** Enterprise-managed authorization: draft-ietf-oauth-identity-assertion-authz-grant, as MCP's extension takes it up. */
import { assertedBy } from "./client-authentication.ts"
import { type Credentials, isPrivateAddress } from "./credentials.ts"
import { type Discovered, discover } from "./discover.ts"
import type { AgentKey } from "./keys/key-reference.ts"
import type { GrantForm } from "./own-grant.ts"
import type { Now } from "./proofs.ts"
import { Refused, refusedBy } from "./refused.ts"

/** The provider at which the person is signed in. */
export interface IdentityProvider {
  readonly tokenEndpoint: string
  /** What the client is called there, which may be another name than at the server's issuer. */
  readonly clientId: string
  /** Answers the person's ID token, as the provider gave it to this client. */
  readonly idToken: () => Promise<string>
}

/** Whose word a client brings where. */
export interface IdentityAssertionOptions {
  readonly resource: string
  /** The id that the client was registered under at the server's issuer. */
  readonly clientId: string
  /** What the client proves itself by there, and what its tokens are bound to. */
  readonly key: AgentKey
  readonly provider: IdentityProvider
  /** `www-authenticate` of the server's 401. */
  readonly challenge?: string | null | undefined
  readonly fetch?: typeof fetch | undefined
  readonly now?: Now | undefined
}

const ID_JAG = "urn:ietf:params:oauth:token-type:id-jag"

/**
 * Answers credentials of a client that brings the word of its person's identity provider in place of a browser. For each
 * token the provider is asked anew, so that what it has ended it vouches for no longer.
 *
 * @throws {TypeError} where the server does not say who issues its tokens
 */
export async function identityAssertionCredentials(options: IdentityAssertionOptions): Promise<Credentials> {
  const { clientId, key, fetch: carry = globalThis.fetch, now = () => new Date() } = options
  const { challenge, resource: address } = options
  const found = await discover(address, { challenge, fetch: carry })
  const { issuer, resource, tokenEndpoint } = found
  const client = { instance: clientId, issuer, key }
  async function ask(): Promise<GrantForm> {
    const assertion = await askProvider(options.provider, found, carry)
    const grant_type = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    return { grant_type, assertion, ...(await assertedBy(client, now)) }
  }
  return { ...client, agent: "", resource, tokenEndpoint, grant: { ask } }
}

async function askProvider(
  { tokenEndpoint, clientId, idToken }: IdentityProvider,
  { issuer, resource }: Discovered,
  carry: typeof fetch,
): Promise<string> {
  if (!isPrivateAddress(tokenEndpoint)) throw new TypeError("The provider's address is no https address.")
  const body = new URLSearchParams({
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    requested_token_type: ID_JAG,
    audience: issuer,
    resource,
    subject_token: await idToken(),
    subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
    client_id: clientId,
  })
  const headers = { accept: "application/json" }
  const response = await carry(tokenEndpoint, { method: "POST", headers, body, redirect: "error" })
  if (!response.ok) throw await refusedBy(response)
  return assertionIn(await response.json())
}

/** A token of another kind would be sent to an issuer that it is not meant for. */
function assertionIn(answer: unknown): string {
  const members: Readonly<Record<string, unknown>> =
    typeof answer === "object" && answer !== null ? { ...answer } : {}
  const { issued_token_type: type, access_token: assertion } = members
  if (type !== ID_JAG || typeof assertion !== "string")
    throw new Refused(
      200,
      "invalid_response",
      "The provider answered something else than an identity assertion.",
    )
  return assertion
}
