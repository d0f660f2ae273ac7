import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { AGENT_STATES, type Agent, type AgentState, newId } from "@tabard/core"
import { requireActiveAgent } from "./require-active-agent.ts"
import { openTokenWorld, type TokenWorld } from "./testing/token-world.ts"

describe("requiring an active agent", () => {
  it("answers an active agent with its mandate and owner", async () => {
    await using world = await openTokenWorld()
    const { agent, mandate, owner } = await required(world, world.agent)
    assert.equal(agent.id, world.agent.id)
    assert.equal(mandate.tier, "transactional")
    assert.equal(owner.id, world.owner.id)
  })

  const idle: readonly AgentState[] = AGENT_STATES.filter((state) => state !== "active")
  for (const state of idle) {
    it(`refuses an agent that is ${state}`, async () => {
      await using world = await openTokenWorld()
      await world.transact(({ agents }) => agents.move(world.agent.id, ["active"], state))
      await assert.rejects(required(world, world.agent), { code: "agent_not_active" })
    })
  }

  it("says of an agent that nobody has adopted who has to do what", async () => {
    for (const [state, words] of [
      ["discovered", /a person has to adopt it first/],
      ["proposed", /a second person has to agree/],
    ] as const) {
      await using world = await openTokenWorld()
      await world.transact(({ agents }) => agents.move(world.agent.id, ["active"], state))
      await assert.rejects(required(world, world.agent), words)
    }
  })

  it("refuses an agent that nobody knows", async () => {
    await using world = await openTokenWorld()
    const stranger = { ...world.agent, id: newId("agent", world.clock) }
    await assert.rejects(required(world, stranger), { code: "agent_not_found" })
  })

  it("refuses an agent whose owner is not active", async () => {
    await using world = await openTokenWorld()
    await world.transact(({ users }) => users.setActive(world.owner.id, false))
    await assert.rejects(required(world, world.agent), { code: "agent_orphaned" })
  })

  it("refuses from the very moment in which the mandate ends", async () => {
    await using world = await openTokenWorld()
    const end = world.agent.mandate?.expiresAt.getTime() ?? 0
    world.clock.advance(end - world.clock.now().getTime() - 1)
    await required(world, world.agent)
    world.clock.advance(1)
    await assert.rejects(required(world, world.agent), { code: "agent_expired" })
  })
})

function required({ snapshot, clock }: TokenWorld, agent: Agent): ReturnType<typeof requireActiveAgent> {
  return snapshot((tx) => requireActiveAgent(tx, agent.id, clock.now()))
}
