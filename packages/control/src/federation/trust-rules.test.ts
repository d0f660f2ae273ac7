import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId, Problem, type Role, type TrustRule } from "@tabard/core"
import type { Caller } from "../registry/caller.ts"
import { revokeInstance } from "../tokens/revoke-instance.ts"
import { PLAIN_TOKEN } from "../tokens/testing/plain-token.ts"
import { openTokenWorld, type TokenWorld } from "../tokens/testing/token-world.ts"
import { MOST_RULES, makeTrustRule } from "./make-trust-rule.ts"
import { endTrustOf, removeTrustRule } from "./remove-trust-rule.ts"
import { termsOf, WORKLOADS } from "./testing/workloads.ts"

describe("making a trust rule", () => {
  it("makes an install of the agent without a key, and says in the record what it lets in", async () => {
    await using world = await openTokenWorld()
    const rule = await make(world, world.owner)
    const instance = await world.snapshot(({ instances }) => instances.find(rule.instance))
    assert.deepEqual(
      [instance?.kind, instance?.agent, instance?.label, instance?.thumbprint],
      ["federated", world.agent.id, "deploys", null],
    )
    const [event] = await world.events("trust-rule.made")
    assert.deepEqual(Object(event?.["data"])["issuer"], WORKLOADS.openid.issuer)
    assert.deepEqual(Object(event?.["data"])["conditions"], ["sub has to begin with ci/app/"])
  })

  it("is for the agent's owner, security and administrators alone", async () => {
    await using world = await openTokenWorld()
    for (const role of ["security", "administrator"] as const) await make(world, person(world, role), role)
    for (const role of ["member", "auditor"] as const)
      await refused(make(world, person(world, role)), "not_allowed")
  })

  it("is for active agents alone, whoever asks", async () => {
    await using world = await openTokenWorld()
    await world.transact(({ agents }) => agents.move(world.agent.id, ["active"], "suspended"))
    await refused(make(world, person(world, "administrator")), "agent_not_active")
    await refused(make(world, world.owner, "x", "agt_none"), "agent_not_found")
  })

  it("keeps one rule of a name, and no more than an agent needs", async () => {
    await using world = await openTokenWorld()
    await make(world, world.owner)
    await refused(make(world, world.owner), "trust_rule_invalid")
    for (let made = 1; made < MOST_RULES; made++) await make(world, world.owner, `rule ${made}`)
    await refused(make(world, world.owner, "one too many"), "trust_rule_invalid")
  })
})

describe("removing a trust rule", () => {
  it("ends its install and its tokens at once, leaves the agent's others, and raises the version", async () => {
    await using world = await openTokenWorld()
    const rule = await make(world, world.owner)
    const [its, other] = [await issued(world, rule.instance), await issued(world, world.instance.id)]
    const before = await version(world)
    await removeTrustRule(deps(world), world.owner, { rule: rule.id, reason: "moved" })

    const revoked = async (jti: string) =>
      (await world.snapshot(({ tokens }) => tokens.find(jti)))?.revokedAt !== null
    assert.deepEqual([await revoked(its), await revoked(other)], [true, false])
    assert.ok((await world.snapshot(({ instances }) => instances.find(rule.instance)))?.revokedAt)
    assert.ok((await version(world)) > before)
    const [event] = await world.events("trust-rule.removed")
    assert.equal(Object(event?.["data"])["tokens"], 1)
    await refused(
      removeTrustRule(deps(world), world.owner, { rule: rule.id, reason: "x" }),
      "trust_rule_not_found",
    )
  })

  it("is for the agent's owner, security and administrators alone", async () => {
    await using world = await openTokenWorld()
    const { id: rule } = await make(world, world.owner)
    await refused(removeTrustRule(deps(world), person(world, "member"), { rule, reason: "x" }), "not_allowed")
    await removeTrustRule(deps(world), person(world, "security"), { rule, reason: "x" })
  })

  it("follows when its install is revoked", async () => {
    await using world = await openTokenWorld()
    const [rule, other] = [await make(world, world.owner), await make(world, world.owner, "other")]
    const { id: agent } = world.agent
    await revokeInstance(deps(world), world.owner, { agent, instance: rule.instance, reason: "over" })
    const left = await world.snapshot(({ trustRules }) => trustRules.list({ limit: 10 }))
    assert.deepEqual(left, [other])
    await refused(
      revokeInstance(deps(world), world.owner, { agent, instance: rule.instance, reason: "over" }),
      "instance_not_found",
    )
  })

  it("of all of an agent's rules leaves none", async () => {
    await using world = await openTokenWorld()
    for (const name of ["one", "two"]) await make(world, world.owner, name)
    const actor = { kind: "user", id: world.owner.id } as const
    await world.transact((tx) =>
      endTrustOf(deps(world), tx, { agent: world.agent, actor, reason: "retired" }),
    )
    assert.deepEqual(await world.snapshot(({ trustRules }) => trustRules.list({ limit: 10 })), [])
    assert.equal((await world.events("trust-rule.removed")).length, 2)
  })
})

function deps(world: TokenWorld): Parameters<typeof makeTrustRule>[0] {
  const { transact, clock, organisation } = world
  return { transact, clock, organisation }
}

function make(
  world: TokenWorld,
  by: Caller,
  name = "deploys",
  agent: string = world.agent.id,
): Promise<TrustRule> {
  const { fields } = WORKLOADS.openid
  return makeTrustRule(deps(world), by, { agent, name, fields, terms: termsOf("openid") })
}

function person({ clock }: TokenWorld, role: Role): Caller {
  return { id: newId("user", clock), role }
}

function version(world: TokenWorld): Promise<number> {
  return world.snapshot(({ organisation }) => organisation.version())
}

async function issued(
  { transact, agent, clock }: TokenWorld,
  instance: TrustRule["instance"],
): Promise<string> {
  const jti = crypto.randomUUID()
  const expiresAt = new Date(clock.now().getTime() + 60_000)
  const rest = {
    agent: agent.id,
    task: null,
    audience: "x",
    issuedAt: clock.now(),
    expiresAt,
    revokedAt: null,
  }
  await transact(({ tokens }) => tokens.insert({ ...PLAIN_TOKEN, ...rest, jti, instance }))
  return jti
}

async function refused(act: Promise<unknown>, code: Problem["code"]): Promise<void> {
  await assert.rejects(act, (error) => error instanceof Problem && error.code === code)
}
