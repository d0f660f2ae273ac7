import assert from "node:assert/strict"
import { describe, it } from "node:test"
import {
  DEFAULT_TOKEN_SETTINGS,
  systemClock,
  type TimeWindow,
  type TokenSettings,
  WEEKDAYS,
} from "@tabard/core"
import { decodeJwt } from "jose"
import { type AgentDoor, authenticateAgent } from "./authenticate-agent.ts"
import type { OwnGrant } from "./grants/grant.ts"
import { SettledTokens } from "./settled-tokens.ts"
import { askEndpoint } from "./testing/endpoint-request.ts"
import { type OAuthWorld, openOAuthWorld } from "./testing/oauth-world.ts"
import { hashOf, requestToken, signedProof } from "./testing/token-request.ts"
import { Unauthorized } from "./unauthorized.ts"

describe("a token's lifetime", () => {
  it("is what was settled for the agent's tier", async () => {
    await using world = await openOAuthWorld()
    await settle(world, { lifetimeMinutes: { "read-only": 5, transactional: 2, operator: 60 } })
    const { body } = await requestToken(world)
    assert.equal(body["expires_in"], 120)
    const { iat = 0, exp } = decodeJwt(String(body["access_token"]))
    assert.equal(exp, iat + 120)
  })
})

describe("a token that is bound to no key", () => {
  it("RFC9449 §5.2: is refused where its tier may not do without", async () => {
    await using world = await openOAuthWorld()
    await settle(world, { bearerTiers: ["read-only"] })
    const { status, body } = await requestToken(world, { proof: null })
    assert.deepEqual([status, body["error"]], [400, "invalid_grant"])
  })

  it("RFC6750 §2.1: is issued where its tier may, says so, and is presented as Bearer", async () => {
    await using world = await openOAuthWorld()
    await settle(world, { bearerTiers: ["transactional"] })
    const { body } = await requestToken(world, { proof: null })
    assert.equal(body["token_type"], "Bearer")
    const token = String(body["access_token"])
    assert.equal(decodeJwt(token)["cnf"], undefined)
    const { agent, jkt } = await authenticateAgent(doorOf(world), asked(world, `Bearer ${token}`))
    assert.deepEqual([agent.id, jkt], [world.agent.id, null])
    const told = await askEndpoint(world, world.server.metadata.introspection_endpoint, { token })
    assert.equal(told.body["token_type"], "Bearer")
  })

  it("RFC9449 §7.1: is no DPoP token, and a bound one is no bearer token", async () => {
    await using world = await openOAuthWorld()
    await settle(world, { bearerTiers: ["transactional"] })
    const bearer = String((await requestToken(world, { proof: null })).body["access_token"])
    const bound = String((await requestToken(world)).body["access_token"])
    const proof = await doorProof(world, bearer)
    await assert.rejects(
      authenticateAgent(doorOf(world), asked(world, `DPoP ${bearer}`, proof)),
      challenged("invalid_token"),
    )
    await assert.rejects(
      authenticateAgent(doorOf(world), asked(world, `Bearer ${bound}`)),
      challenged("invalid_token"),
    )
  })
})

describe("a nonce of the server's", () => {
  it("RFC9449 §8: is wanted at the token endpoint where that was settled, and told", async () => {
    await using world = await openOAuthWorld()
    await settle(world, { proofNonce: "required" })
    const { status, body, response } = await requestToken(world)
    assert.deepEqual([status, body["error"]], [400, "use_dpop_nonce"])
    const nonce = response.headers.get("dpop-nonce")
    assert.ok(nonce && world.nonces.knows(nonce))
    assert.equal((await requestToken(world, { proofClaims: { nonce } })).status, 200)
  })

  it("RFC9449 §8.1: is wanted by our own grants too, with a client and without", async () => {
    await using world = await openOAuthWorld("ES256", "/oauth", { grants: [BOUND] })
    await settle(world, { proofNonce: "required" })
    for (const form of [{}, { client_assertion: null, client_assertion_type: null }]) {
      const ask = (claims: Record<string, unknown>) =>
        requestToken(world, {
          form: { grant_type: BOUND.type, word: world.instance.id, ...form },
          proofClaims: claims,
        })
      const refused = await ask({})
      assert.equal(refused.body["error"], "use_dpop_nonce")
      const nonce = refused.response.headers.get("dpop-nonce") ?? ""
      assert.equal((await ask({ nonce })).status, 200)
      assert.equal((await ask({ nonce: "guess" })).body["error"], "use_dpop_nonce")
    }
  })

  it("RFC9449 §8.2: is not told where nobody wants it, and one that a client still repeats does no harm", async () => {
    await using world = await openOAuthWorld()
    const plain = await requestToken(world)
    assert.equal(plain.response.headers.get("dpop-nonce"), null)
    assert.equal((await requestToken(world, { proofClaims: { nonce: world.nonces.next() } })).status, 200)
  })

  it("RFC9449 §9: is wanted at the door, and told in the challenge", async () => {
    await using world = await openOAuthWorld()
    await settle(world, { proofNonce: "required" })
    const door = { ...doorOf(world), settled: settledIn(world), nonces: world.nonces }
    const nonce = world.nonces.next()
    const token = String((await requestToken(world, { proofClaims: { nonce } })).body["access_token"])
    const enter = async (claims: Record<string, unknown>): Promise<unknown> =>
      authenticateAgent(door, asked(world, `DPoP ${token}`, await doorProof(world, token, claims)))
    const refusal = await enter({}).catch((error: unknown) => error)
    assert.ok(refusal instanceof Unauthorized)
    assert.equal(refusal.status, 401)
    assert.match(refusal.headers["www-authenticate"] ?? "", /^DPoP error="use_dpop_nonce"/)
    await enter({ nonce: refusal.headers["dpop-nonce"] })
    await assert.rejects(enter({ nonce: "guess" }), challenged("use_dpop_nonce"))
  })
})

describe("the networks of a tier", () => {
  const cases: readonly (readonly [
    networks: readonly string[],
    address: string | undefined,
    may: boolean,
  ])[] = [
    [[], undefined, true],
    [["10.0.0.0/8"], "10.1.2.3", true],
    [["10.0.0.0/8"], "11.0.0.1", false],
    [["10.0.0.0/8", "192.0.2.7/32"], "192.0.2.7", true],
    [["10.0.0.0/8"], undefined, false],
    [["10.0.0.0/8"], "unknown", false],
    [["2001:db8::/32"], "2001:db8:1::5", true],
    [["2001:db8::/32"], "10.0.0.1", false],
  ]
  for (const [networks, address, may] of cases) {
    it(`${may ? "let" : "do not let"} ${address ?? "nobody knows who"} in where they are [${networks.join(", ")}]`, async () => {
      await using world = await openOAuthWorld()
      await settle(world, {
        bearerTiers: ["transactional"],
        networks: { "read-only": [], transactional: networks, operator: [] },
      })
      const token = String((await requestToken(world, { proof: null })).body["access_token"])
      const conditions = networks.length > 0 ? [{ networks, hours: [] }] : undefined
      assert.deepEqual(decodeJwt(token)["conditions"], conditions)
      const door = { ...doorOf(world), settled: settledIn(world) }
      const entering = authenticateAgent(door, { ...asked(world, `Bearer ${token}`), address })
      if (may) assert.equal((await entering).agent.id, world.agent.id)
      else await assert.rejects(entering, challenged("invalid_token"))
    })
  }
})

describe("the hours of a tier", () => {
  it("let in within them, and are said in the token", async () => {
    await using world = await openOAuthWorld()
    await settle(world, { bearerTiers: ["transactional"], hours: hoursOf([ALWAYS]) })
    const token = String((await requestToken(world, { proof: null })).body["access_token"])
    assert.deepEqual(decodeJwt(token)["conditions"], [{ networks: [], hours: [ALWAYS] }])
    const door = { ...doorOf(world), settled: settledIn(world) }
    assert.equal((await authenticateAgent(door, asked(world, `Bearer ${token}`))).agent.id, world.agent.id)
  })

  it("let nobody in outside of them, with a token that was issued before they were settled either", async () => {
    await using world = await openOAuthWorld()
    await settle(world, { bearerTiers: ["transactional"] })
    const token = String((await requestToken(world, { proof: null })).body["access_token"])
    await settle(world, { bearerTiers: ["transactional"], hours: hoursOf([anotherDay()]) })
    const door = { ...doorOf(world), settled: settledIn(world) }
    await assert.rejects(
      authenticateAgent(door, asked(world, `Bearer ${token}`)),
      challenged("invalid_token"),
    )
  })
})

describe("the conditions that a token was issued under", () => {
  it("hold as its record keeps them, whatever was settled since", async () => {
    for (const condition of [
      { networks: { "read-only": [], transactional: ["10.0.0.0/8"], operator: [] } },
      { hours: hoursOf([anotherDay()]) },
    ]) {
      await using world = await openOAuthWorld()
      await settle(world, { bearerTiers: ["transactional"], ...condition })
      const token = String((await requestToken(world, { proof: null })).body["access_token"])
      await settle(world, { bearerTiers: ["transactional"] })
      const door = { ...doorOf(world), settled: settledIn(world) }
      await assert.rejects(
        authenticateAgent(door, { ...asked(world, `Bearer ${token}`), address: "192.0.2.1" }),
        challenged("invalid_token"),
      )
    }
  })
})

const ALWAYS: TimeWindow = { days: WEEKDAYS, from: "00:00", to: "24:00", zone: "UTC" }

/** A day three days from now: no test runs that long. */
function anotherDay(): TimeWindow {
  const day = WEEKDAYS[(systemClock.now().getUTCDay() + 2) % 7] ?? "mon"
  return { ...ALWAYS, days: [day] }
}

function hoursOf(transactional: readonly TimeWindow[]): TokenSettings["hours"] {
  return { "read-only": [], transactional, operator: [] }
}

function settledIn({ shelf }: OAuthWorld): SettledTokens {
  return new SettledTokens({ snapshot: shelf.snapshot, clock: systemClock })
}

async function settle({ shelf }: OAuthWorld, change: Partial<TokenSettings>): Promise<void> {
  const settings = { ...DEFAULT_TOKEN_SETTINGS, ...change }
  await shelf.transact(({ organisation }) => organisation.putTokenSettings(settings))
}

function doorOf({ shelf, server, resource }: OAuthWorld): AgentDoor {
  return {
    shelf,
    clock: systemClock,
    server,
    resources: [resource],
    resourceMetadata: `${resource}/metadata`,
  }
}

function asked(
  { resource }: OAuthWorld,
  authorization: string,
  dpop?: string,
): Parameters<typeof authenticateAgent>[1] {
  return { authorization, dpop, method: "POST", url: resource }
}

function doorProof(
  { resource, key }: OAuthWorld,
  token: string,
  claims: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  return signedProof(key, { htm: "POST", htu: resource, ath: hashOf(token), ...claims })
}

function challenged(error: string): (thrown: unknown) => boolean {
  return (thrown) => thrown instanceof Unauthorized && thrown.body.error === error
}

/** Issues to whatever instance the request names, for the key that it proves. */
const BOUND: OwnGrant = {
  kind: "own",
  type: "urn:example:bound",
  forInstances: true,
  client: "optional",
  parameters: ["word"],
  answer: async ({ parameters, jkt }, { resource }) => {
    const instance = parameters.one("word") as `ins_${string}`
    return { asked: { instance, task: null, audience: resource, jkt, grant: "jwt-bearer" } }
  },
}
