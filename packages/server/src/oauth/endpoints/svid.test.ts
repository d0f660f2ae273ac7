import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { DEFAULT_TOKEN_SETTINGS, TIERS, type TierName } from "@tabard/core"
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose"
import { InvalidAccessToken, verifyAccessToken } from "../access-token.ts"
import { askEndpoint, type EndpointAnswer } from "../testing/endpoint-request.ts"
import { type OAuthWorld, openOAuthWorld } from "../testing/oauth-world.ts"

const AUDIENCE = "https://vault.example"

describe("a JWT-SVID", () => {
  it("JWT-SVID §3: names the agent, one audience and its end, and nothing else, and verifies by the bundle", async () => {
    await using world = await openWithBearer()
    const { status, body } = await ask(world, AUDIENCE)
    assert.equal(status, 200, JSON.stringify(body))
    const token = String(body["svid"])
    const id = `spiffe://acme.example/agent/${world.agent.id}`
    assert.equal(body["spiffe_id"], id)
    const { iat = 0, exp = 0, ...claims } = decodeJwt(token)
    assert.deepEqual(claims, { sub: id, aud: [AUDIENCE] })
    assert.ok(exp - iat <= 300 && exp > iat)
    const { keys } = await bundle(world)
    // Others drop the use when they take the keys out of the bundle.
    const plain = keys.map(({ use: _use, ...key }) => key)
    await jwtVerify(token, createLocalJWKSet({ keys: plain }), { audience: AUDIENCE })
  })

  it("JWT-SVID §2: has no member in its header but alg, kid and typ", async () => {
    await using world = await openWithBearer()
    const header = decodeProtectedHeader(String((await ask(world, AUDIENCE)).body["svid"]))
    assert.deepEqual(header, { alg: "ES256", kid: "first", typ: "JWT" })
  })

  it("is no access token of ours, and none is issued for what is ours", async () => {
    await using world = await openWithBearer()
    const token = String((await ask(world, AUDIENCE)).body["svid"])
    const { server } = world
    const checks = { jwks: server.jwks(), issuer: server.issuer, audiences: [AUDIENCE], now: new Date() }
    await assert.rejects(verifyAccessToken(token, checks), InvalidAccessToken)
    for (const ours of [world.resource, `${world.resource}/notes`, server.issuer])
      assert.equal((await ask(world, ours)).body["error"], "invalid_target")
  })

  it("is recorded before it is signed, like every token", async () => {
    await using world = await openWithBearer()
    await ask(world, AUDIENCE)
    const live = await world.shelf.snapshot(({ tokens }) => tokens.live(world.agent.id, new Date()))
    assert.deepEqual(
      live.map(({ audience, jkt }) => [audience, jkt]),
      [[AUDIENCE, null]],
    )
  })

  it("is refused to an agent whose tier may have nothing that is bound to no key", async () => {
    await using world = await openOAuthWorld()
    const { status, body } = await ask(world, AUDIENCE)
    assert.deepEqual([status, body["error"]], [400, "invalid_grant"])
  })

  it("is refused to an agent whose tier may act from some networks alone: no other system would hold it to them", async () => {
    await using world = await openWithBearer({ transactional: ["10.0.0.0/8"] })
    const { status, body } = await ask(world, AUDIENCE)
    assert.deepEqual([status, body["error"]], [400, "invalid_authorization_details"])
  })

  it("is refused to an agent that is stopped, and without an audience", async () => {
    await using world = await openWithBearer()
    assert.equal((await ask(world, null)).body["error"], "invalid_request")
    await world.shelf.transact(({ agents }) => agents.move(world.agent.id, ["active"], "suspended"))
    assert.equal((await ask(world, AUDIENCE)).body["error"], "unauthorized_client")
  })
})

describe("the SPIFFE bundle", () => {
  it("SPIFFE Bundle §4: has each key with its id, for JWT-SVIDs, a sequence and how soon to look again", async () => {
    await using world = await openOAuthWorld()
    const { keys, ...others } = await bundle(world)
    assert.deepEqual(others, { spiffe_sequence: 0, spiffe_refresh_hint: 300 })
    const expected = world.server.jwks().keys.map((key) => ({ ...key, use: "jwt-svid" }))
    assert.deepEqual(keys, expected)
    assert.ok(world.server.handles("/.well-known/spiffe-bundle"))
  })
})

interface Bundle {
  readonly keys: readonly { readonly kty: string; readonly use?: string }[]
}

async function bundle({ server }: OAuthWorld): Promise<Bundle> {
  const answer = await fetch(new URL("/.well-known/spiffe-bundle", server.issuer))
  assert.equal(answer.headers.get("content-type"), "application/json")
  const body: Bundle = JSON.parse(await answer.text())
  return body
}

function ask(world: OAuthWorld, audience: string | null): Promise<EndpointAnswer> {
  return askEndpoint(world, `${world.server.issuer}/svid`, { audience })
}

async function openWithBearer(
  settled: Readonly<Partial<Record<TierName, readonly string[]>>> = {},
): Promise<OAuthWorld> {
  const world = await openOAuthWorld()
  const networks = { ...DEFAULT_TOKEN_SETTINGS.networks, ...settled }
  const settings = { ...DEFAULT_TOKEN_SETTINGS, bearerTiers: TIERS, networks }
  await world.shelf.transact(({ organisation }) => organisation.putTokenSettings(settings))
  return world
}
