import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { DEFAULT_SETTINGS, type User } from "@tabard/core"
import { type ControlWorld, openControlWorld } from "../testing/control-world.ts"
import { type AgentEntry, enterAgent } from "./enter-agent.ts"
import { putSettings } from "./put-settings.ts"

describe("entering an agent by hand", () => {
  it("makes it discovered and nobody's, and says where it comes from", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const agent = await enterAgent(world, admin, { description: { name: "Payroll bot", systems: ["SAP"] } })
    assert.deepEqual([agent.state, agent.owner, agent.mandate], ["discovered", null, null])
    assert.deepEqual(await world.found(agent), agent)
    assert.deepEqual(await stated(world, agent.id), {
      name: "Payroll bot",
      systems: ["SAP"],
      origin: "by hand",
    })
    const [told] = await world.events("agent.entered")
    assert.deepEqual(told?.["data"], { name: "Payroll bot", systems: ["SAP"], origin: "by hand" })
  })

  it("scores it, like every agent", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const { id } = await enterAgent(world, admin, {
      description: { name: "Payroll bot", category: "production" },
    })
    assert.ok((await world.snapshot(({ risks }) => risks.latest([id]))).has(id))
  })

  it("asks who is to own it, and proposes it where it is said what for", async () => {
    await using world = await openControlWorld()
    const [admin, ann] = [await world.person("administrator"), await world.person("member")]
    const agent = await enterAgent(world, admin, {
      description: { name: "Payroll bot", purpose: "Pays people." },
      owner: ann.email.toUpperCase(),
    })
    assert.deepEqual([agent.state, agent.owner], ["proposed", null])
    const [offer] = await world.snapshot(({ offers }) =>
      offers.pendingTo(ann.id, world.clock.now(), { limit: 10 }),
    )
    assert.deepEqual([offer?.agent, offer?.terms], [agent.id, null])
  })

  it("is one's own word where one names oneself", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const agent = await enterAgent(world, admin, { description: { name: "Mine" }, owner: admin.email })
    assert.equal(agent.owner, admin.id)
    assert.deepEqual(await world.events("ownership.offered"), [])
  })

  it("keeps nothing where its owner is nobody or not active, or who asks may not", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const gone = await world.person("member", { active: false })
    const refused: readonly (readonly [User, AgentEntry, string])[] = [
      [admin, { description: { name: "x" }, owner: "nobody@acme.example" }, "person_not_found"],
      [admin, { description: { name: "x" }, owner: gone.email }, "person_not_found"],
      [await world.person("member"), { description: { name: "x" } }, "not_allowed"],
      [await world.person("auditor"), { description: { name: "x" } }, "not_allowed"],
    ]
    for (const [by, entry, code] of refused) await assert.rejects(enterAgent(world, by, entry), { code })
    assert.deepEqual(await world.snapshot(({ agents }) => agents.list({ limit: 10 })), [])
  })
})

describe("settling the grace period", () => {
  it("is for administrators, within its bounds, and told once in the record", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    for (const role of ["security", "auditor", "member"] as const)
      await assert.rejects(putSettings(world, await world.person(role), { graceDays: 3 }), {
        code: "not_allowed",
      })
    for (const graceDays of [0, 366, 1.5, Number.NaN, -1])
      await assert.rejects(putSettings(world, admin, { graceDays }), { code: "body_invalid" })
    await putSettings(world, admin, { graceDays: 30 })
    await putSettings(world, admin, { graceDays: 30 })
    assert.deepEqual(await world.snapshot(({ organisation }) => organisation.settings()), {
      ...DEFAULT_SETTINGS,
      graceDays: 30,
    })
    const [told, ...more] = await world.events("settings.changed")
    const before = { ...DEFAULT_SETTINGS }
    assert.deepEqual([told?.["data"], more], [{ ...DEFAULT_SETTINGS, graceDays: 30, before }, []])
  })

  it("leaves what is not named, warns the earliest first, and refuses what is out of bounds", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    await putSettings(world, admin, { warnDays: [3, 30, 3], leaverGraceDays: 0 })
    await putSettings(world, admin, { idleDays: 60 })
    const settled = { ...DEFAULT_SETTINGS, warnDays: [30, 3], leaverGraceDays: 0, idleDays: 60 }
    assert.deepEqual(await world.snapshot(({ organisation }) => organisation.settings()), settled)
    for (const wish of [
      { warnDays: [] },
      { warnDays: [0] },
      { warnDays: [1, 2, 3, 4, 5, 6] },
      { idleDays: 6 },
      { idleDays: 731 },
      { delegationDepth: 0 },
      { delegationDepth: 9 },
      { leaverGraceDays: -1 },
      { leaverGraceDays: 366 },
    ])
      await assert.rejects(putSettings(world, admin, wish), { code: "body_invalid" })
  })
})

async function stated(world: ControlWorld, subject: string): Promise<Record<string, unknown>> {
  const facts = await world.snapshot((tx) => tx.facts.of([subject]))
  assert.ok(facts.every(({ kind, source }) => kind === "declared" && source.startsWith("usr_")))
  return Object.fromEntries(facts.map(({ name, value }) => [name, value]))
}
