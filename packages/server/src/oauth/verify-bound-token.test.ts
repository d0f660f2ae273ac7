import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Id, ManualClock, newId } from "@tabard/core"
import { openTemporarySqlite } from "@tabard/store/testing"
import { exportJWK, importJWK, type JSONWebKeySet, SignJWT, UnsecuredJWT } from "jose"
import { parsePublicKey } from "./public-key.ts"
import { type ReplayGuard, replayGuard } from "./replay-guard.ts"
import { publicKeys, type SigningKey } from "./signing-keys.ts"
import { type AgentKey, agentKey, signingKey } from "./testing/oauth-world.ts"
import { hashOf, signedProof } from "./testing/token-request.ts"
import { WRONG_PROOFS } from "./testing/wrong-proofs.ts"
import { Unauthorized } from "./unauthorized.ts"
import { type BoundRequest, verifyBoundToken } from "./verify-bound-token.ts"

const ISSUER = "https://tabard.example/oauth"
const AUDIENCE = "https://tabard.example/mcp"
const METADATA = "https://tabard.example/.well-known/oauth-protected-resource/mcp"
const URL_ASKED = "https://tabard.example/mcp/files"
const clock = new ManualClock("2026-11-01T12:00:00.000Z")
const NOW = clock.now().getTime() / 1000

describe("a door", () => {
  it("answers what a token says that is bound to the key that signed the proof", async () => {
    await using door = await openDoor()
    const claims = await verifyBoundToken(await request(door))
    assert.equal(claims.instance, door.instance)
    assert.equal(claims.task, null)
    assert.equal(claims.jkt, door.jkt)
    assert.deepEqual(claims.expiresAt, new Date((NOW + 300) * 1000))
  })

  it("RFC 9068 §4: takes the type of a token by its full name as well", async () => {
    await using door = await openDoor()
    const token = await door.sign({}, { typ: "application/at+jwt" })
    assert.equal((await verifyBoundToken(await request(door, { token }))).jti, "jti-1")
  })

  it("RFC 9449 §7.1: says in its challenge which algorithms proofs may have", async () => {
    await using door = await openDoor()
    const refusal = await refused({ ...(await request(door)), authorization: undefined })
    assert.match(refusal.headers["www-authenticate"] ?? "", /algs="[^"]*ES256/)
  })

  it("takes no account of the query of the address (RFC 9449 §4.3)", async () => {
    await using door = await openDoor()
    await verifyBoundToken({ ...(await request(door)), url: `${URL_ASKED}?q=1#top` })
  })

  it("challenges a request without a token, and names no error (RFC 6750 §3.1, RFC 9728 §5.1)", async () => {
    await using door = await openDoor()
    const refusal = await refused({ ...(await request(door)), authorization: undefined })
    assert.equal(refusal.status, 401)
    const challenge = refusal.headers["www-authenticate"] ?? ""
    assert.ok(challenge.startsWith("DPoP "))
    assert.ok(challenge.includes(`resource_metadata="${METADATA}"`))
    assert.ok(!challenge.includes("error="))
  })

  const tokens: readonly [string, (door: Door) => Promise<string>][] = [
    ["RFC 9068 §4: another issuer", ({ sign }) => sign({ iss: `${ISSUER}/` })],
    ["RFC 9068 §4: another audience", ({ sign }) => sign({ aud: "https://elsewhere.example" })],
    ["RFC 9068 §4: no audience", ({ sign }) => sign({ aud: undefined })],
    [
      "RFC 8707 §2: an audience beside ours",
      ({ sign }) => sign({ aud: [AUDIENCE, "https://elsewhere.example"] }),
    ],
    ["RFC 9068 §2.2: no exp", ({ sign }) => sign({ exp: undefined })],
    ["RFC 9068 §2.2: an exp that is text", ({ sign }) => sign({ exp: String(NOW + 300) })],
    ["RFC 9068 §4: expired", ({ sign }) => sign({ exp: NOW - 10 })],
    ["RFC 7519 §4.1.6: from the future", ({ sign }) => sign({ iat: NOW + 60 })],
    ["RFC 7519 §4.1.6: older than any token of ours", ({ sign }) => sign({ iat: NOW - 4000 })],
    ["RFC 9068 §2.2: no jti", ({ sign }) => sign({ jti: undefined })],
    ["RFC 9068 §2.2: no sub", ({ sign }) => sign({ sub: undefined })],
    ["RFC 9068 §2.2: issued to another client", ({ sign }) => sign({ client_id: "ins_x" })],
    ["RFC 9449 §6.1: bound to no key, but presented as DPoP", ({ sign }) => sign({ cnf: undefined })],
    ["RFC 9449 §6.1: bound to something else", ({ sign }) => sign({ cnf: { "x5t#S256": "a".repeat(43) } })],
    ["RFC 9068 §2.1: a JWT of another type", ({ sign }) => sign({}, { typ: "JWT" })],
    ["RFC 9068 §4: signed by another key", async (door) => withKey(door, await signingKey("first")).sign({})],
    ["RFC 8725 §3.1: not signed", async ({ claims }) => new UnsecuredJWT(claims).encode()],
    [
      "RFC 8725 §3.1: signed under HS256",
      async ({ claims }) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: "HS256", typ: "at+jwt", kid: "first" })
          .sign(new Uint8Array(32)),
    ],
    ["RFC 9068 §4: a task that is no id", ({ sign }) => sign({ task: "any" })],
    ["RFC 7515 §4.1.4: an unknown kid", ({ sign }) => sign({}, { kid: "second" })],
  ]
  for (const [clause, make] of tokens) {
    it(`answers invalid_token to a token: ${clause}`, async () => {
      await using door = await openDoor()
      const refusal = await refused(await request(door, { token: await make(door) }))
      assert.equal(refusal.body.error, "invalid_token")
      assert.match(refusal.headers["www-authenticate"] ?? "", /error="invalid_token"/)
    })
  }

  it("refuses a bound token under the scheme Bearer (RFC 9449 §7.2)", async () => {
    await using door = await openDoor()
    const good = await request(door)
    const authorization = good.authorization?.replace("DPoP", "Bearer")
    assert.equal((await refused({ ...good, authorization })).body.error, "invalid_token")
  })

  const proofs: readonly (readonly [string, (door: Door) => Promise<Partial<Proof>>])[] = [
    ["RFC 9449 §7.1: none", async () => ({ proof: null })],
    ["RFC 9449 §4.3(1): two in one header", async () => ({ twice: true })],
    ["RFC 9449 §4.3(2): no JWT", async () => ({ proof: "trust me" })],
    ["RFC 9449 §4.3(3): no jti", async () => ({ claims: { jti: undefined } })],
    ["RFC 9449 §4.3(3): no iat", async () => ({ claims: { iat: undefined } })],
    ["RFC 9449 §4.3(8): another method", async () => ({ claims: { htm: "GET" } })],
    ["RFC 9449 §4.3(9): another address", async () => ({ claims: { htu: `${URL_ASKED}/more` } })],
    [
      "RFC 9449 §4.3(9): another host",
      async () => ({ claims: { htu: "https://elsewhere.example/mcp/files" } }),
    ],
    ["RFC 9449 §4.3(11): stale by a second", async () => ({ claims: { iat: NOW - 301 } })],
    ["RFC 9449 §4.3(11): from the future", async () => ({ claims: { iat: NOW + 301 } })],
    ["RFC 9449 §4.3(12): no ath", async () => ({ claims: { ath: undefined } })],
    ["RFC 9449 §4.3(12): the ath of another token", async () => ({ claims: { ath: hashOf("another") } })],
    ["RFC 9449 §4.3(12): another key", async () => ({ key: await agentKey() })],
    ["RFC 9449 §4.3(7): a key that shows its private half", withPrivateHalf],
    ["RFC 9449 §4.3(4): an access token in its place", async ({ sign }) => ({ proof: await sign({}) })],
    ...WRONG_PROOFS.map(
      ([clause, make]) =>
        [
          clause,
          async ({ key, sign }: Door) => {
            const token = await sign({})
            const claims = { htm: "POST", htu: URL_ASKED, ath: hashOf(token), iat: NOW }
            return { token, proof: await make(key, claims) }
          },
        ] as const,
    ),
  ]
  for (const [clause, change] of proofs) {
    it(`answers invalid_dpop_proof to a proof: ${clause}`, async () => {
      await using door = await openDoor()
      const refusal = await refused(await request(door, await change(door)))
      assert.equal(refusal.body.error, "invalid_dpop_proof", refusal.message)
      assert.equal(refusal.status, 401)
    })
  }

  it("lets exactly one of twenty through who present one proof at once (RFC 9449 §11.1)", async () => {
    await using door = await openDoor()
    const once = await request(door)
    const settled = await Promise.allSettled(Array.from({ length: 20 }, () => verifyBoundToken(once)))
    assert.equal(settled.filter(({ status }) => status === "fulfilled").length, 1)
  })

  it("remembers no id of a proof that was wrong in something else", async () => {
    await using door = await openDoor()
    const jti = "the same"
    await refused(await request(door, { claims: { jti, htm: "GET" } }))
    await verifyBoundToken(await request(door, { claims: { jti } }))
  })
})

interface Door extends AsyncDisposable {
  readonly jwks: JSONWebKeySet
  readonly replay: ReplayGuard
  readonly key: AgentKey
  readonly jkt: string
  readonly instance: Id<"instance">
  readonly claims: Record<string, unknown>
  readonly sign: (changes: Record<string, unknown>, header?: Record<string, unknown>) => Promise<string>
}

interface Proof {
  readonly token: string
  readonly proof: string | null
  readonly claims: Record<string, unknown>
  readonly key: AgentKey
  readonly twice: boolean
}

async function openDoor(): Promise<Door> {
  const opened = await openTemporarySqlite({ clock })
  const id = newId("organisation", clock)
  await opened.store.ensureOrganisation("acme", () => ({
    id,
    slug: "acme",
    name: "Acme",
    trustDomain: "acme.example",
  }))
  const signer = await signingKey("first")
  const key = await agentKey()
  const { thumbprint: jkt } = await parsePublicKey(await exportJWK(key.publicKey))
  const instance = newId("instance", clock)
  const claims = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: `spiffe://acme.example/agent/agt_1/instance/${instance}`,
    client_id: instance,
    agent: newId("agent", clock),
    instance,
    owner: newId("user", clock),
    tier: "read-only",
    jti: "jti-1",
    iat: NOW,
    exp: NOW + 300,
    cnf: { jkt },
  }
  const replay = replayGuard(opened.store.shelf(id))
  const close = (): PromiseLike<void> => opened[Symbol.asyncDispose]()
  const door = {
    jwks: publicKeys([signer]),
    replay,
    key,
    jkt,
    instance,
    claims,
    [Symbol.asyncDispose]: close,
  }
  return withKey({ ...door, sign: () => Promise.reject(new Error("it has no key yet")) }, signer)
}

function withKey(door: Door, signer: SigningKey): Door {
  return {
    ...door,
    sign: async (changes, header) =>
      new SignJWT({ ...door.claims, ...changes })
        .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: signer.kid, ...header })
        .sign(await importJWK(signer, "ES256")),
  }
}

async function request(door: Door, changes: Partial<Proof> = {}): Promise<BoundRequest> {
  const token = changes.token ?? (await door.sign({}))
  const claims = { htm: "POST", htu: URL_ASKED, ath: hashOf(token), iat: NOW, ...changes.claims }
  const proof =
    changes.proof === undefined ? await signedProof(changes.key ?? door.key, claims) : changes.proof
  return {
    authorization: `DPoP ${token}`,
    dpop: changes.twice ? `${proof}, ${proof}` : proof,
    method: "POST",
    url: URL_ASKED,
    now: clock.now(),
    jwks: door.jwks,
    issuer: ISSUER,
    audiences: [AUDIENCE],
    replay: door.replay,
    resourceMetadata: METADATA,
  }
}

async function refused(asked: BoundRequest): Promise<Unauthorized> {
  const refusal: unknown = await verifyBoundToken(asked).catch((error: unknown) => error)
  assert.ok(refusal instanceof Unauthorized, "it was let through")
  return refusal
}

async function withPrivateHalf({ key, sign }: Door): Promise<Partial<Proof>> {
  const token = await sign({})
  const jwk = await exportJWK(key.privateKey)
  assert.ok(jwk.d)
  const proof = await new SignJWT({ jti: "1", iat: NOW, htm: "POST", htu: URL_ASKED, ath: hashOf(token) })
    .setProtectedHeader({ alg: "ES256", typ: "dpop+jwt", jwk })
    .sign(key.privateKey)
  return { token, proof }
}
