/** https://www.rfc-editor.org/rfc/rfc9728 and https://www.rfc-editor.org/rfc/rfc8414, in the order in which MCP asks. */
import { readChallenge } from "./challenge.ts"
import { isPrivateAddress } from "./credentials.ts"
import { type Metadata, readMetadata, textsOf } from "./read-metadata.ts"

/** What is known of a server before it is asked for anything. */
export interface Discovered {
  /** What tokens are asked for: the server itself, or what it is a part of. */
  readonly resource: string
  readonly issuer: string
  readonly tokenEndpoint: string
  /** The effect classes to ask for, if the server names any: those that it demanded, else those that it knows. */
  readonly scope: string | undefined
  /** What its issuer says of itself besides. */
  readonly metadata: Metadata
}

/** How a server is asked about itself. */
export interface DiscoverOptions {
  /** `www-authenticate` of its 401 or 403, which says best where to look. */
  readonly challenge?: string | null | undefined
  readonly fetch?: typeof fetch | undefined
}

/**
 * Answers who issues tokens for the server at this address.
 *
 * @throws {TypeError} where it does not say, or where what is said does not fit together
 */
export async function discover(address: string, options: DiscoverOptions = {}): Promise<Discovered> {
  const { challenge, fetch: carry = globalThis.fetch } = options
  const told = readChallenge(challenge)
  const places = told.metadata ? [told.metadata] : wellKnown(address, "oauth-protected-resource")
  const described = await readMetadata(places, carry)
  const [issuer] = textsOf(described?.["authorization_servers"])
  if (!described || !issuer) throw new TypeError(`${address} does not say who issues tokens for it.`)
  const resource = resourceOf(described, address)
  const metadata = await issuerMetadata(issuer, carry)
  const scope = told.scope ?? (textsOf(described["scopes_supported"]).join(" ") || undefined)
  return { resource, issuer, tokenEndpoint: endpoint(metadata, "token_endpoint"), scope, metadata }
}

/**
 * Answers an address out of an issuer's metadata.
 *
 * @throws {TypeError} where it is missing, or others on the network could read what is sent there
 */
export function endpoint(metadata: Metadata, name: string): string {
  const value = metadata[name]
  if (typeof value !== "string" || !isPrivateAddress(value))
    throw new TypeError(`The issuer names no https address as its ${name}.`)
  return value
}

/** RFC 9728 §3.3: whoever describes a server as something else would have the token that is meant for that. */
function resourceOf(described: Metadata, address: string): string {
  const { resource } = described
  if (typeof resource !== "string" || !covers(resource, address))
    throw new TypeError(`What is at ${address} describes itself as something else.`)
  return resource
}

function covers(resource: string, address: string): boolean {
  const whole = URL.parse(resource)
  const asked = new URL(address)
  if (whole?.origin !== asked.origin) return false
  return (
    asked.pathname === whole.pathname || asked.pathname.startsWith(`${whole.pathname.replace(/\/$/, "")}/`)
  )
}

async function issuerMetadata(issuer: string, carry: typeof fetch): Promise<Metadata> {
  const metadata = await readMetadata(issuerPlaces(issuer), carry)
  if (!metadata) throw new TypeError(`The issuer ${issuer} does not describe itself.`)
  // RFC 8414 §3.3: to the letter, or one issuer could pass for another.
  if (metadata["issuer"] !== issuer) throw new TypeError(`What describes ${issuer} is another issuer's.`)
  return metadata
}

function issuerPlaces(issuer: string): readonly string[] {
  const [insertedOAuth = ""] = wellKnown(issuer, "oauth-authorization-server")
  const [insertedOpenId = ""] = wellKnown(issuer, "openid-configuration")
  const appended = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`
  return [...new Set([insertedOAuth, insertedOpenId, appended])]
}

/** The name between host and path, and then at the root. */
function wellKnown(address: string, name: string): readonly string[] {
  const { origin, pathname } = new URL(address)
  const root = `${origin}/.well-known/${name}`
  return pathname === "/" ? [root] : [`${root}${pathname.replace(/\/$/, "")}`, root]
}
