import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { proposeTerms, removeTrustRule } from "@tabard/control"
import { systemClock, type TrustFields } from "@tabard/core"
import { decodeJwt } from "jose"
import { issuerKey, mint, startIssuer } from "../../federation/testing/local-issuer.ts"
import {
  claimsOf,
  openWorkloadWorld,
  trust,
  type WorkloadWorld,
  workloadToken,
} from "../../federation/testing/workload-world.ts"
import { requestToken, type TokenAnswer } from "../testing/token-request.ts"

const DRAFT = "draft-ietf-oauth-spiffe-client-auth-02"

describe(`a JWT-SVID as a client's proof (${DRAFT})`, () => {
  it("§3.1: is worth a bound token of the install that a SPIFFE rule makes of the workload", async () => {
    await using world = await openWorkloadWorld("spiffe")
    const named = { client_id: "spiffe://acme.example/agents/notes" }
    for (const form of [{}, named, { client_id: world.rule.instance }]) {
      const { status, body } = await present(world, await workloadToken(world), form)
      assert.equal(status, 200, JSON.stringify(body))
      const { agent, instance } = decodeJwt(String(body["access_token"]))
      assert.deepEqual([agent, instance, body["token_type"]], [world.agent.id, world.rule.instance, "DPoP"])
    }
    const live = await world.shelf.snapshot(({ tokens }) => tokens.live(world.agent.id, systemClock.now()))
    assert.deepEqual(new Set(live.map(({ grant }) => grant)), new Set(["client_credentials"]))
  })

  it("RFC6749 §3.3: is worth no more than it asks for, and nothing where it asks for what there is not", async () => {
    await using world = await openWorkloadWorld("spiffe")
    const asGrant = (assertion: string): Readonly<Record<string, string | null>> => ({
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      client_assertion: null,
      client_assertion_type: null,
      assertion,
    })
    for (const form of [(svid: string) => asked(svid).form, asGrant]) {
      const wish = async (scope: string) =>
        requestToken(world, { form: { ...form(await workloadToken(world)), scope } })
      assert.equal((await wish("nonsense")).body["error"], "invalid_scope")
      const { body } = await wish("read")
      const { scope, jti = "" } = decodeJwt(String(body["access_token"]))
      const record = await world.shelf.snapshot(({ tokens }) => tokens.find(jti))
      assert.deepEqual([body["scope"], scope, record?.scope], ["read", "read", ["read"]])
    }
  })

  const now = Math.floor(systemClock.now().getTime() / 1000)
  const wrong: Readonly<Record<string, (world: WorkloadWorld) => Promise<string>>> = {
    "§3.1 (1): is no JWT": async () => "x.y.z",
    "§3.1 (1): names no workload": (world) => workloadToken(world, { sub: undefined }),
    "§3.1 (1): is for nobody": (world) => workloadToken(world, { aud: undefined }),
    "§3.1 (1): has no end": (world) => workloadToken(world, { exp: undefined }),
    "§3.1 (2): is over": (world) => workloadToken(world, { iat: now - 300, exp: now - 1 }),
    "§3.1 (3): is for the token endpoint": (world) =>
      workloadToken(world, { aud: world.server.metadata.token_endpoint }),
    "§3.1 (3): is for somebody else besides": (world) =>
      workloadToken(world, { aud: [world.server.issuer, "https://other.example"] }),
    "§3.1 (4): is signed by somebody else": async (world) =>
      mint(await issuerKey("ES256", "key-1", { use: "jwt-svid" }), { claims: claimsOf(world) }),
    "§3.1 (4): is signed by no algorithm of SVIDs": async (world) => {
      const key = await issuerKey("EdDSA", "ed", { use: "jwt-svid" })
      world.issuer.keys.push(key.jwk)
      return mint(key, { claims: claimsOf(world) })
    },
    "§3.1 (5): is another workload's of the trust domain": (world) =>
      workloadToken(world, { sub: "spiffe://acme.example/agents/notes-evil" }),
    "§5: is of another trust domain": (world) =>
      workloadToken(world, { sub: "spiffe://evil.example/agents/notes" }),
  }
  for (const [what, make] of Object.entries(wrong)) {
    it(`is refused where it ${what}`, async () => {
      await using world = await openWorkloadWorld("spiffe")
      const { status, body } = await present(world, await make(world))
      assert.deepEqual([status, body["error"]], [401, "invalid_client"], JSON.stringify(body))
      await nothingIsLive(world)
    })
  }

  it("§3.1 (3): is for this issuer alone, also where a rule takes another audience", async () => {
    await using world = await openWorkloadWorld("spiffe", { audience: "https://broker.example" })
    const { body } = await present(world, await workloadToken(world))
    assert.equal(body["error"], "invalid_client")
  })

  it("§7.1: is none where it is another issuer's token whose subject only looks like a workload's", async () => {
    await using world = await openWorkloadWorld("openid")
    const key = await issuerKey("ES256", "other", { use: "sig", alg: "ES256" })
    await using other = await startIssuer([key])
    const sub = "spiffe://acme.example/agents/notes"
    const fields: TrustFields = { form: "openid", issuer: other.url, subject: sub }
    const keys = { kind: "address", url: other.jwksUrl } as const
    await trust(world, fields, proposeTerms({ fields, audience: world.server.issuer, keys }))
    const token = await mint(key, { claims: claimsOf(world, { iss: other.url, sub }) })
    assert.equal((await present(world, token)).body["error"], "invalid_client")
    const asGrant = {
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      client_assertion: null,
      client_assertion_type: null,
      assertion: token,
    }
    assert.equal((await requestToken(world, { form: asGrant })).status, 200)
  })

  it("RFC7521 §4.2: is another client's where client_id names one that it is not about", async () => {
    await using world = await openWorkloadWorld("spiffe")
    for (const client_id of [
      "spiffe://acme.example/agents/other",
      world.instance.id,
      "https://desk.example/c.json",
    ])
      assert.equal(
        (await present(world, await workloadToken(world), { client_id })).body["error"],
        "invalid_client",
      )
    await nothingIsLive(world)
  })

  it("counts once where the rule takes each once, of however many at once", async () => {
    await using world = await openWorkloadWorld("spiffe")
    const token = await workloadToken(world)
    const all = await Promise.all(Array.from({ length: 4 }, () => present(world, token)))
    assert.equal(all.filter(({ status }) => status === 200).length, 1)
  })

  it("comes alone: with a proof of a key, once, and with no other proof of a client", async () => {
    await using world = await openWorkloadWorld("spiffe")
    const unproven = await requestToken(world, { ...asked(await workloadToken(world)), proof: null })
    assert.equal(unproven.body["error"], "invalid_dpop_proof")
    const twice = new URLSearchParams({ grant_type: "client_credentials", resource: world.resource })
    for (let time = 0; time < 2; time++) {
      twice.append("client_assertion", await workloadToken(world))
      twice.append("client_assertion_type", TYPE)
    }
    const answer = await fetch(world.server.metadata.token_endpoint, { method: "POST", body: twice })
    assert.equal(Object(await answer.json()).error, "invalid_request")
    const secret = await present(world, await workloadToken(world), { client_id: "x", client_secret: "y" })
    assert.ok(secret.status >= 400)
    await nothingIsLive(world)
  })

  it("is a proof for no other grant: a workload exchanges by an actor_token of its own", async () => {
    await using world = await openWorkloadWorld("spiffe")
    const exchange = { grant_type: "urn:ietf:params:oauth:grant-type:token-exchange" }
    const { status } = await present(world, await workloadToken(world), exchange)
    assert.ok(status >= 400)
    await nothingIsLive(world)
  })

  it("is worth nothing once the rule is removed, or the agent suspended", async () => {
    await using world = await openWorkloadWorld("spiffe")
    await world.shelf.transact(({ agents }) => agents.move(world.agent.id, ["active"], "suspended"))
    assert.equal((await present(world, await workloadToken(world))).body["error"], "unauthorized_client")
    await world.shelf.transact(({ agents }) => agents.move(world.agent.id, ["suspended"], "active"))
    const deps = { organisation: world.organisation, clock: systemClock, transact: world.shelf.transact }
    await removeTrustRule(deps, world.owner, { rule: world.rule.id, reason: "moved" })
    assert.equal((await present(world, await workloadToken(world))).body["error"], "invalid_client")
  })
})

const TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-spiffe"

function present(
  world: WorkloadWorld,
  svid: string,
  form: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  return requestToken(world, asked(svid, form))
}

function asked(
  svid: string,
  form: Readonly<Record<string, string>> = {},
): NonNullable<Parameters<typeof requestToken>[1]> {
  return { form: { client_assertion_type: TYPE, client_assertion: svid, ...form } }
}

async function nothingIsLive(world: WorkloadWorld): Promise<void> {
  const live = await world.shelf.snapshot(({ tokens }) => tokens.live(world.agent.id, systemClock.now()))
  assert.deepEqual([live, world.faults], [[], []])
}
