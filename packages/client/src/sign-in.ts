/** A person signs a client in: RFC 6749 §4.1 with RFC 7636, RFC 8707, RFC 9207 and RFC 9449 §10, as MCP demands them. */
import type { Credentials } from "./credentials.ts"
import { type Discovered, discover, endpoint } from "./discover.ts"
import { createKey, thumbprintOf } from "./key.ts"
import { holdKey } from "./keys/hold-key.ts"
import type { AgentKey } from "./keys/key-reference.ts"
import { textsOf } from "./read-metadata.ts"
import { Refused } from "./refused.ts"
import { signedInGrant } from "./signed-in-grant.ts"

/** Who signs in where. */
export interface SignInOptions {
  /** The address of the server that is to be used, e.g. `https://tabard.example/mcp/notes`. */
  readonly resource: string
  /** The id that the client was registered under, or the address at which it describes itself, as this issuer knows it. */
  readonly clientId: string | ((issuer: Discovered) => string | Promise<string>)
  /** Where the browser is led back to: registered, to the letter. */
  readonly redirectUri: string
  /** The effect classes to ask for; where nobody says, those that the server names. */
  readonly scope?: string | undefined
  /** What the token was good for that was too narrow: it is asked for again, beside what is needed now. */
  readonly held?: string | undefined
  /** `www-authenticate` of the 401 or 403 that asks for this sign-in. */
  readonly challenge?: string | null | undefined
  /** What tokens are to be bound to; a key of its own where nobody says. */
  readonly key?: AgentKey | undefined
  readonly fetch?: typeof fetch | undefined
}

/** A sign-in that a person is to agree to. */
export interface SignIn {
  readonly issuer: string
  /** Where the person's browser is to be led. */
  readonly url: string
  /**
   * Takes the address at which the browser came back, and answers what tokens are got with: for one `TokenSource`, since
   * its refresh tokens count once each.
   *
   * @throws {Refused} where the person or the issuer said no; TypeError where the answer is to another question
   */
  finish(answer: URL | string): Credentials
}

/**
 * Finds the issuer of a server, and begins a sign-in there.
 *
 * @throws {TypeError} where the server does not say who issues its tokens, or that issuer is not one to sign in at
 */
export async function beginSignIn(options: SignInOptions): Promise<SignIn> {
  const { resource: address, challenge, redirectUri, fetch: carry = globalThis.fetch } = options
  const found = await discover(address, { challenge, fetch: carry })
  if (!textsOf(found.metadata["code_challenge_methods_supported"]).includes("S256"))
    throw new TypeError(`The issuer ${found.issuer} does not say that it holds codes to their client (S256).`)
  const clientId = typeof options.clientId === "string" ? options.clientId : await options.clientId(found)
  const key = options.key ?? (await createKey())
  const [state, verifier] = [randomText(), randomText()]
  const url = new URL(endpoint(found.metadata, "authorization_endpoint"))
  const scope = scopeOf(found, options)
  const asked = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: await s256(verifier),
    code_challenge_method: "S256",
    resource: found.resource,
    ...(scope && { scope }),
    ...(bindsTokens(found) && { dpop_jkt: await thumbprintOf((await holdKey(key)).publicKey) }),
  }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  const { issuer, tokenEndpoint, resource } = found
  return {
    issuer,
    url: url.href,
    finish(answer) {
      const code = codeIn(new URL(answer).searchParams, { state, found })
      const form = { code, code_verifier: verifier, redirect_uri: redirectUri, client_id: clientId }
      return { instance: "", agent: "", issuer, tokenEndpoint, resource, key, grant: signedInGrant(form) }
    },
  }
}

/** Where the issuer knows of `offline_access`, the client goes on for longer than its first token lives. */
function scopeOf(found: Discovered, { scope = found.scope, held }: SignInOptions): string | undefined {
  const wanted = [held, scope].flatMap((words) => words?.split(" ").filter(Boolean) ?? [])
  const known = textsOf(found.metadata["scopes_supported"]).includes("offline_access")
  const asked = new Set(known && wanted.length > 0 ? [...wanted, "offline_access"] : wanted)
  return [...asked].join(" ") || undefined
}

function bindsTokens({ metadata }: Discovered): boolean {
  return textsOf(metadata["dpop_signing_alg_values_supported"]).includes("ES256")
}

/** Whose answer it is comes first: what another issuer answers is told to nobody (RFC 9207 §2.4). */
function codeIn(
  answer: URLSearchParams,
  { state, found }: { readonly state: string; readonly found: Discovered },
): string {
  if (answer.get("state") !== state) throw new TypeError("This answer belongs to another sign-in.")
  const says = answer.get("iss")
  const demanded = found.metadata["authorization_response_iss_parameter_supported"] === true
  if (says === null ? demanded : says !== found.issuer)
    throw new TypeError("This answer does not come from the issuer that was asked.")
  const error = answer.get("error")
  if (error) throw new Refused(400, error, answer.get("error_description") ?? "The sign-in was refused.")
  const code = answer.get("code")
  if (!code) throw new TypeError("This answer holds no code.")
  return code
}

/** 256 bits: what nobody guesses, and long enough for a verifier (RFC 7636 §4.1). */
function randomText(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url")
}

async function s256(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))
  return Buffer.from(digest).toString("base64url")
}
