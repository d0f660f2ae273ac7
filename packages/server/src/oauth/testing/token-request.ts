import { createHash } from "node:crypto"
import { compactVerify, exportJWK, SignJWT } from "jose"
import type { AgentKey, OAuthWorld } from "./oauth-world.ts"

/** What a test changes of a token request that would be granted. */
export interface RequestChanges {
  readonly key?: AgentKey
  readonly proofKey?: AgentKey
  readonly assertion?: string
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
  readonly proof?: string | null
  readonly proofClaims?: Readonly<Record<string, unknown>>
  readonly form?: Readonly<Record<string, string | null>>
  readonly headers?: Readonly<Record<string, string>>
}

/** What the token endpoint answered. */
export interface TokenAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly response: Response
}

/** Asks for a token as the world's agent, changed in what the test is about. */
export async function requestToken(world: OAuthWorld, changes: RequestChanges = {}): Promise<TokenAnswer> {
  const assertion = changes.assertion ?? (await signedAssertion(world, changes))
  const proof = changes.proof === undefined ? await tokenProof(world, changes) : changes.proof
  const form: Record<string, string | null> = {
    grant_type: "client_credentials",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion,
    resource: world.resource,
    ...changes.form,
  }
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(form)) if (value !== null) body.append(name, value)
  const response = await fetch(world.server.metadata.token_endpoint, {
    method: "POST",
    headers: { ...(proof !== null && { dpop: proof }), ...changes.headers },
    body,
  })
  return { status: response.status, body: parse(await response.text()), response }
}

/** The authorization details that name a task. */
export function forTask(task: string): { authorization_details: string } {
  return { authorization_details: JSON.stringify([{ type: "tabard_task", task }]) }
}

/** A client assertion of the world's agent; a claim that is changed to undefined is left out. */
export async function signedAssertion(
  { server, instance, key }: OAuthWorld,
  changes: RequestChanges = {},
): Promise<string> {
  const signer = changes.key ?? key
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: instance.id,
    sub: instance.id,
    aud: server.issuer,
    jti: crypto.randomUUID(),
    iat: now,
    exp: now + 60,
  }
  return new SignJWT({ ...claims, ...changes.claims })
    .setProtectedHeader({ alg: signer.alg, ...changes.header })
    .sign(signer.privateKey)
}

/** A proof for the token endpoint. */
export async function tokenProof(world: OAuthWorld, changes: RequestChanges = {}): Promise<string> {
  const url = world.server.metadata.token_endpoint
  return signedProof(changes.proofKey ?? world.key, { htm: "POST", htu: url, ...changes.proofClaims })
}

/** A proof by any key, with any claims. */
export async function signedProof(key: AgentKey, claims: Readonly<Record<string, unknown>>): Promise<string> {
  const iat = Math.floor(Date.now() / 1000)
  return new SignJWT({ jti: crypto.randomUUID(), iat, ...claims })
    .setProtectedHeader({ alg: key.alg, typ: "dpop+jwt", jwk: await exportJWK(key.publicKey) })
    .sign(key.privateKey)
}

/** Verifies one signature by a key that is imported, and looks at nothing else. */
export async function verifySignature(jws: string, { publicKey }: AgentKey): Promise<void> {
  await compactVerify(jws, publicKey)
}

/** The `ath` of a token. */
export function hashOf(accessToken: string): string {
  return createHash("sha256").update(accessToken).digest("base64url")
}

function parse(text: string): Readonly<Record<string, unknown>> {
  return text ? JSON.parse(text) : {}
}
