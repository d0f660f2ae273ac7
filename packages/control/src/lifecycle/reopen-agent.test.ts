import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { AGENT_STATES } from "@tabard/core"
import { mandateOf, openControlWorld, twentyAtOnce } from "../testing/control-world.ts"
import { adoptAgent } from "./adopt-agent.ts"
import { reopenAgent } from "./stop-agent.ts"

describe("reopening an agent", () => {
  it("makes a dismissed one discovered, nobody's and without its mandate, with the reason in the record", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const mandate = mandateOf(admin, world.clock)
    const dismissed = await world.agent({ state: "dismissed", owner: admin.id, mandate })
    const version = await world.version()
    const agent = await reopenAgent(world, admin, { agent: dismissed.id, reason: "It runs after all." })
    assert.deepEqual(agent, { ...dismissed, state: "discovered", owner: null, mandate: null })
    assert.deepEqual(await world.found(dismissed), agent)
    assert.ok((await world.version()) > version, "decisions must see it")
    const [told] = await world.events("agent.reopened")
    assert.deepEqual(told?.["data"], { reason: "It runs after all." })
  })

  it("lets it be adopted anew", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const mandate = mandateOf(admin, world.clock)
    const { id } = await world.agent({ state: "dismissed", owner: admin.id, mandate })
    await reopenAgent(world, admin, { agent: id, reason: "again" })
    const expiresAt = new Date(world.clock.now().getTime() + 1)
    const request = {
      agent: id,
      purpose: "Anew.",
      tier: "read-only",
      expiresAt,
      acceptOwnership: true,
    } as const
    assert.equal((await adoptAgent(world, admin, request)).state, "active")
  })

  it("is refused in every other state, and changes nothing", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    for (const state of AGENT_STATES.filter((one) => one !== "dismissed")) {
      const agent = await world.agent({ state })
      await assert.rejects(reopenAgent(world, admin, { agent: agent.id, reason: "x" }), {
        code: "agent_state_conflict",
      })
      assert.deepEqual(await world.found(agent), agent)
    }
  })

  it("is for security and administrators, not for whoever owned it before", async () => {
    await using world = await openControlWorld()
    const [ann, auditor] = [await world.person("member"), await world.person("auditor")]
    const { id } = await world.agent({ state: "dismissed", owner: ann.id })
    for (const by of [ann, auditor])
      await assert.rejects(reopenAgent(world, by, { agent: id, reason: "mine" }), { code: "not_allowed" })
    await reopenAgent(world, await world.person("security"), { agent: id, reason: "look again" })
  })

  it("happens once where twenty want it at once", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const { id } = await world.agent({ state: "dismissed" })
    const outcomes = await twentyAtOnce(() => reopenAgent(world, admin, { agent: id, reason: "x" }))
    assert.equal(outcomes.filter((outcome) => typeof outcome !== "string").length, 1)
    assert.equal((await world.events("agent.reopened")).length, 1)
  })
})
