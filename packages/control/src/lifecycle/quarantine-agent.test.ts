import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { AGENT_STATES, type Agent, type AgentState, newId, type User } from "@tabard/core"
import { type ControlWorld, mandateOf, openControlWorld, twentyAtOnce } from "../testing/control-world.ts"
import { PLAIN_TOKEN } from "../tokens/testing/plain-token.ts"
import { instanceOf } from "../tokens/testing/token-world.ts"
import { quarantineAgent, quarantineBySystem } from "./quarantine-agent.ts"
import { resumeAgent } from "./stop-agent.ts"

describe("a quarantine", () => {
  let world: ControlWorld
  before(async () => {
    world = await openControlWorld()
  })
  after(() => world[Symbol.asyncDispose]())

  for (const state of AGENT_STATES) {
    const leads = state === "active"
    it(leads ? "stops an active agent" : `is refused to a person where the agent is ${state}`, async () => {
      const { agent } = await standing(world, state)
      const security = await world.person("security")
      const asked = quarantineAgent(world, security, { agent: agent.id, reason: "odd" })
      if (leads) assert.equal((await asked).state, "quarantined")
      else await assert.rejects(asked, { code: "agent_state_conflict" })
      assert.equal((await world.found(agent))?.state, leads ? "quarantined" : state)
    })

    it(`by the system answers ${leads} where the agent is ${state}`, async () => {
      const { agent } = await standing(world, state)
      const version = await world.version()
      assert.equal(await quarantineBySystem(world, alarm(agent)), leads)
      assert.equal((await world.version()) > version, leads, "whoever keeps its standing asks anew")
    })
  }

  it("says who, why and what caused it, and ends tokens", async () => {
    const { agent } = await standing(world, "active")
    const instance = instanceOf(agent, world.clock)
    const [issuedAt, expiresAt] = [world.clock.now(), new Date(world.clock.now().getTime() + 300_000)]
    await world.transact(async (tx) => {
      await tx.instances.insert(instance)
      const bound = {
        agent: agent.id,
        instance: instance.id,
        task: null,
        audience: "a",
        revokedAt: null,
        ...PLAIN_TOKEN,
      }
      await tx.tokens.insert({ ...bound, jti: `of ${agent.id}`, issuedAt, expiresAt })
    })
    await quarantineBySystem(world, alarm(agent))
    const told = (await world.events()).filter((event) => event["agent"] === agent.id)
    assert.deepEqual(told.map(({ type, actor, data }) => [type, actor, data]).slice(0, 2), [
      [
        "agent.quarantined",
        { kind: "system", id: "signals" },
        { reason: "its owner's session was revoked", cause: "session-revoked" },
      ],
      ["token.revoked", { kind: "system", id: "signals" }, { tokens: 1, why: "the agent was quarantined" }],
    ])
    const live = await world.snapshot(({ tokens }) => tokens.live(agent.id, world.clock.now()))
    assert.deepEqual(live, [])
  })

  it("is ended by a person, never by itself", async () => {
    const { agent, owner } = await standing(world, "active")
    await quarantineBySystem(world, alarm(agent))
    assert.equal((await resumeAgent(world, owner, { agent: agent.id, reason: "looked" })).state, "active")
  })

  it("is not for owners, members and auditors to ask for", async () => {
    const { agent, owner } = await standing(world, "active")
    for (const by of [owner, await world.person("auditor"), await world.person("member")])
      await assert.rejects(quarantineAgent(world, by, { agent: agent.id, reason: "odd" }), {
        code: "not_allowed",
      })
  })

  it("happens once where twenty alarms ring at once, and at none for an agent that is not there", async () => {
    const { agent } = await standing(world, "active")
    const outcomes = await twentyAtOnce(async () => quarantineBySystem(world, alarm(agent)))
    assert.equal(outcomes.filter((outcome) => outcome === true).length, 1)
    assert.equal(await quarantineBySystem(world, alarm({ id: newId("agent", world.clock) })), false)
  })
})

function alarm({ id }: Pick<Agent, "id">) {
  const reason = "its owner's session was revoked"
  return { agent: id, by: "signals", cause: "session-revoked", reason }
}

async function standing(world: ControlWorld, state: AgentState): Promise<{ owner: User; agent: Agent }> {
  const owner = await world.person("member")
  const mandate = mandateOf(owner, world.clock)
  return { owner, agent: await world.agent({ state, owner: owner.id, mandate }) }
}
