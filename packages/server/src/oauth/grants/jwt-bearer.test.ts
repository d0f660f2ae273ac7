import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { removeTrustRule } from "@tabard/control"
import { DEFAULT_TOKEN_SETTINGS, systemClock, WEEKDAYS } from "@tabard/core"
import { decodeJwt } from "jose"
import {
  openWorkloadWorld,
  presentToken,
  trust,
  type WorkloadWorld,
  workloadToken,
} from "../../federation/testing/workload-world.ts"
import { agentKey } from "../testing/oauth-world.ts"
import { forTask, signedAssertion } from "../testing/token-request.ts"

describe("the grant jwt-bearer", () => {
  it("RFC7523 §2.1: is in the metadata, and wants exactly one assertion", async () => {
    await using world = await openWorkloadWorld("openid")
    assert.ok(
      world.server.metadata.grant_types_supported.includes("urn:ietf:params:oauth:grant-type:jwt-bearer"),
    )
    assert.equal((await presentToken(world, null)).body["error"], "invalid_request")
    assert.equal((await presentToken(world, "")).body["error"], "invalid_request")
  })

  it("RFC7523 §3.1: answers whatever is wrong with an assertion as invalid_grant, and says what", async () => {
    await using world = await openWorkloadWorld("openid")
    for (const text of ["x", "a.b.c", "e30.e30.", "x".repeat(20_000)]) {
      const { status, body } = await presentToken(world, text)
      assert.deepEqual([status, body["error"]], [400, "invalid_grant"])
    }
    const over = await presentToken(world, await workloadToken(world, { exp: 1, iat: 0 }))
    assert.match(String(over.body["error_description"]), /It is over\./)
  })

  it("tells nobody what a rule asks for, with a token of the issuer or without", async () => {
    await using world = await openWorkloadWorld("github-actions")
    const other = await presentToken(world, await workloadToken(world, { environment: "staging" }))
    assert.equal(other.body["error"], "invalid_grant")
    assert.ok(!JSON.stringify(other.body).includes("production"))
  })

  it("RFC7521 §4.1: takes no token without a proof of a key, and none by a key that others know", async () => {
    await using world = await openWorkloadWorld("openid")
    const { body } = await presentToken(world, await workloadToken(world), { proof: null })
    assert.equal(body["error"], "invalid_dpop_proof")
  })

  it("binds to the key of the proof, whichever it is", async () => {
    await using world = await openWorkloadWorld("openid")
    const proofKey = await agentKey()
    assert.equal((await presentToken(world, await workloadToken(world), { proofKey })).status, 200)
    const [token] = await world.shelf.snapshot(({ tokens }) => tokens.live(world.agent.id, systemClock.now()))
    assert.equal(token?.instance, world.rule.instance)
    assert.notEqual(token?.jkt, world.instance.thumbprint)
    assert.equal(token?.grant, "jwt-bearer")
  })

  it("issues what counts from where and when the rule says, besides what is settled for the tier", async () => {
    const hours = [{ days: WEEKDAYS, from: "08:00", to: "18:00", zone: "Europe/Berlin" }]
    const counts = { networks: ["10.0.0.0/8"], hours }
    await using world = await openWorkloadWorld("openid", { counts })
    const tier = { networks: ["192.0.2.0/24"], hours: [] }
    await world.shelf.transact(({ organisation }) =>
      organisation.putTokenSettings({
        ...DEFAULT_TOKEN_SETTINGS,
        networks: { "read-only": [], transactional: tier.networks, operator: [] },
      }),
    )
    const { body } = await presentToken(world, await workloadToken(world))
    assert.deepEqual(decodeJwt(String(body["access_token"]))["conditions"], [tier, counts])
    const [token] = await world.shelf.snapshot(({ tokens }) => tokens.live(world.agent.id, systemClock.now()))
    assert.deepEqual(token?.conditions, [tier, counts])
  })

  it("issues for a task of the agent, and for a resource that is served here", async () => {
    await using world = await openWorkloadWorld("openid")
    const ask = async (form: Record<string, string | null>) =>
      presentToken(world, await workloadToken(world), { form })
    assert.equal((await ask(forTask(world.task.id))).status, 200)
    assert.equal((await ask({ authorization_details: "[]" })).body["error"], "invalid_authorization_details")
    assert.equal((await ask({ resource: "https://elsewhere.example" })).body["error"], "invalid_target")
    assert.equal((await ask({ resource: null })).body["error"], "invalid_target")
  })

  it("wants an install named where the rules of several take a token, and answers for that one", async () => {
    await using world = await openWorkloadWorld("openid", { oneTime: false })
    const { fields, ...terms } = world.rule
    const second = await trust(world, fields, terms)
    const token = await workloadToken(world)
    const several = await presentToken(world, token)
    assert.match(String(several.body["error_description"]), /name the install by client_id/)
    for (const { instance } of [world.rule, second]) {
      assert.equal((await presentToken(world, token, { form: { client_id: instance } })).status, 200)
      const live = await world.shelf.snapshot(({ tokens }) => tokens.live(world.agent.id, systemClock.now()))
      assert.ok(live.some((one) => one.instance === instance))
    }
    for (const client_id of [world.instance.id, "ins_none", "somebody"])
      assert.equal((await presentToken(world, token, { form: { client_id } })).body["error"], "invalid_grant")
  })

  it("answers no client that proves itself by a key: it has a grant of its own", async () => {
    await using world = await openWorkloadWorld("openid")
    const { body } = await presentToken(world, await workloadToken(world), {
      form: {
        client_assertion: await signedAssertion(world),
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      },
    })
    assert.equal(body["error"], "invalid_request")
  })

  it("takes nothing any more once the rule is removed, and ends what it issued", async () => {
    await using world = await openWorkloadWorld("openid")
    assert.equal((await presentToken(world, await workloadToken(world))).status, 200)
    const deps = { organisation: world.organisation, clock: systemClock, transact: world.shelf.transact }
    await removeTrustRule(deps, world.owner, { rule: world.rule.id, reason: "moved" })
    assert.equal((await presentToken(world, await workloadToken(world))).body["error"], "invalid_grant")
    const live = await world.shelf.snapshot(({ tokens }) => tokens.live(world.agent.id, systemClock.now()))
    assert.deepEqual(live, [])
  })

  for (const state of ["suspended", "quarantined", "retiring"] as const) {
    it(`issues nothing for an agent that is ${state}, and records that it asked`, async () => {
      await using world = await openWorkloadWorld("openid")
      await world.shelf.transact(({ agents }) => agents.move(world.agent.id, ["active"], state))
      const { body } = await presentToken(world, await workloadToken(world))
      assert.equal(body["error"], "unauthorized_client")
      assert.equal((await told(world, "token.refused")).length, 1)
    })
  }

  it("records which rule took the token, who issued it and for whom", async () => {
    await using world = await openWorkloadWorld("openid")
    await presentToken(world, await workloadToken(world))
    const [event] = await told(world, "token.issued")
    assert.ok(event?.includes(world.rule.id) && event.includes(world.rule.issuer))
  })
})

async function told({ shelf }: WorkloadWorld, type: string): Promise<readonly string[]> {
  const events = await shelf.snapshot(({ outbox }) => outbox.list({ limit: 10 }))
  return events.filter((event) => event.type === type).map(({ bytes }) => Buffer.from(bytes).toString())
}
