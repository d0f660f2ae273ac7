import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Agent, effectiveFacts, type Fact, type User } from "@tabard/core"
import { type ControlWorld, mandateOf, openControlWorld } from "../testing/control-world.ts"
import { describeAgent } from "./describe-agent.ts"
import type { DescriptionChange } from "./description.ts"
import { addMaintainer, removeMaintainer } from "./maintain-agent.ts"

describe("describing an agent", () => {
  it("states facts beside what was seen, with who says so and when, and tells them in the record", async () => {
    await using world = await openControlWorld()
    const { admin, agent } = await observed(world)
    const change = {
      name: "Invoices",
      environment: "staging",
      dataClasses: ["personal"],
      systems: ["Jira"],
    } as const
    await say(world, admin, agent, change)

    const facts = await factsOf(world, agent)
    assert.deepEqual(held(facts), {
      name: "Invoices",
      category: "local",
      environment: "staging",
      dataClasses: ["personal"],
      systems: ["Jira"],
    })
    const name = facts.filter((fact) => fact.name === "name")
    assert.deepEqual(name.map(({ kind, source, value }) => [kind, source, value]).toSorted(), [
      ["declared", admin.id, "Invoices"],
      ["observed", "laptop", "claude-code"],
    ])
    const [told] = await world.events("agent.described")
    assert.deepEqual(told?.["data"], { kind: "declared", facts: change })
  })

  it("is taken back by null, and what was seen holds again", async () => {
    await using world = await openControlWorld()
    const { admin, agent } = await observed(world)
    await say(world, admin, agent, { name: "Invoices", category: "production" })
    await say(world, admin, agent, { name: null, category: null, purpose: null })
    assert.deepEqual(held(await factsOf(world, agent)), { name: "claude-code", category: "local" })
    assert.equal((await world.events("agent.described")).length, 2)
  })

  it("stands above owner and maintainers where security or an administrator insists, until they take that back", async () => {
    await using world = await openControlWorld()
    const { admin } = await observed(world)
    const ann = await world.person("member")
    const agent = await world.agent({ owner: ann.id })
    await describeAgent(world, admin, {
      agent: agent.id,
      change: { environment: "production" },
      insist: true,
    })
    await say(world, ann, agent, { environment: "development" })
    assert.equal(held(await factsOf(world, agent))["environment"], "production")
    await describeAgent(world, admin, { agent: agent.id, change: { environment: null }, insist: true })
    assert.equal(held(await factsOf(world, agent))["environment"], "development")
    const insisting = { agent: agent.id, change: { environment: "test" }, insist: true } as const
    await assert.rejects(describeAgent(world, ann, insisting), { code: "not_allowed" })
  })

  it("says nothing where nothing new is said, lists in another order included", async () => {
    await using world = await openControlWorld()
    const { admin, agent } = await observed(world)
    await say(world, admin, agent, { systems: ["Jira", "Xero"], name: "Invoices" })
    const before = [await world.events(), await world.version()]
    await say(world, admin, agent, { systems: ["Xero", "Jira", "Xero"], name: "Invoices", purpose: null })
    assert.deepEqual([await world.events(), await world.version()], before)
  })

  it("is for its owner and maintainers, security and administrators", async () => {
    await using world = await openControlWorld()
    const { admin, agent: stray } = await observed(world)
    const [ann, bob] = [await world.person("member"), await world.person("member")]
    const agent = await world.agent({ owner: ann.id })
    await assert.rejects(say(world, bob, agent, { name: "Mine" }), { code: "not_allowed" })
    await addMaintainer(world, ann, { agent: agent.id, user: bob.id })
    for (const by of [ann, bob, admin, await world.person("security")])
      await say(world, by, agent, { name: by.id })
    for (const by of [ann, bob, await world.person("auditor")])
      await assert.rejects(say(world, by, stray, { name: "Mine" }), { code: "not_allowed" })
  })

  it("does not reword a mandate, whoever asks", async () => {
    await using world = await openControlWorld()
    const { admin } = await observed(world)
    const agent = await world.agent({
      state: "active",
      owner: admin.id,
      mandate: mandateOf(admin, world.clock),
    })
    await assert.rejects(say(world, admin, agent, { purpose: "More" }), { code: "agent_state_conflict" })
    await say(world, admin, agent, { environment: "production" })
  })

  it("is refused for what is dismissed or retired", async () => {
    await using world = await openControlWorld()
    const { admin } = await observed(world)
    for (const state of ["dismissed", "retired"] as const) {
      const agent = await world.agent({ state })
      await assert.rejects(say(world, admin, agent, { name: "x" }), { code: "agent_state_conflict" })
    }
  })
})

describe("helping with an agent", () => {
  it("is allowed and ended by its owner, security and administrators, and ended by whoever helps", async () => {
    await using world = await openControlWorld()
    const { admin } = await observed(world)
    const [ann, bob, eve] = await Promise.all(["ann", "bob", "eve"].map(() => world.person("member")))
    const [owner, helper, stranger] = [ann ?? admin, bob ?? admin, eve ?? admin]
    const agent = await world.agent({ owner: owner.id })
    const change = { agent: agent.id, user: helper.id }
    await assert.rejects(addMaintainer(world, stranger, change), { code: "not_allowed" })
    await addMaintainer(world, owner, change)
    await addMaintainer(world, admin, change)
    assert.deepEqual(await helping(world, agent), [helper.id])
    await assert.rejects(removeMaintainer(world, stranger, change), { code: "not_allowed" })
    await removeMaintainer(world, helper, change)
    await removeMaintainer(world, owner, change)
    assert.deepEqual(await helping(world, agent), [])
    assert.equal((await world.events("maintainer.added", "maintainer.removed")).length, 2)
  })

  it("is refused in words for nobody, and for whoever is not active", async () => {
    await using world = await openControlWorld()
    const { admin, agent } = await observed(world)
    const gone = await world.person("member", { active: false })
    for (const user of ["usr_none", gone.id])
      await assert.rejects(addMaintainer(world, admin, { agent: agent.id, user }), {
        code: "person_not_found",
      })
  })

  it("has room for twenty", async () => {
    await using world = await openControlWorld()
    const { admin, agent } = await observed(world)
    for (let n = 0; n < 20; n++)
      await addMaintainer(world, admin, { agent: agent.id, user: (await world.person("member")).id })
    const one = { agent: agent.id, user: (await world.person("member")).id }
    await assert.rejects(addMaintainer(world, admin, one), { code: "agent_state_conflict" })
  })
})

async function observed(world: ControlWorld): Promise<{ admin: User; agent: Agent }> {
  const agent = await world.agent()
  const common = { subject: agent.id, kind: "observed", source: "laptop", at: world.clock.now() } as const
  await world.transact(async ({ facts }) => {
    await facts.put({ ...common, name: "name", value: "claude-code" })
    await facts.put({ ...common, name: "category", value: "local" })
  })
  return { admin: await world.person("administrator"), agent }
}

function say(world: ControlWorld, by: User, { id }: Agent, change: DescriptionChange): Promise<Agent> {
  return describeAgent(world, by, { agent: id, change })
}

function factsOf(world: ControlWorld, { id }: Agent): Promise<readonly Fact[]> {
  return world.snapshot(({ facts }) => facts.of([id]))
}

function held(facts: readonly Fact[]): Record<string, unknown> {
  return Object.fromEntries([...effectiveFacts(facts)].map(([name, { value }]) => [name, value]))
}

async function helping(world: ControlWorld, { id }: Agent): Promise<readonly string[]> {
  return (await world.snapshot(({ maintainers }) => maintainers.of([id]))).map(({ user }) => user)
}
