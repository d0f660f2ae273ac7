import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Agent, AgentState, User } from "@tabard/core"
import {
  type ControlWorld,
  DAY,
  mandateOf,
  openControlWorld,
  twentyAtOnce,
} from "../testing/control-world.ts"
import { type AdoptionRequest, activateAgent, adoptAgent } from "./adopt-agent.ts"

describe("adopting an agent", () => {
  it("gives it an owner, a purpose, a tier and an end, each told in the record", async () => {
    await using world = await openControlWorld()
    const { admin, agent } = await discovered(world)
    const adopted = await adoptAgent(world, admin, requestFor(world, agent))

    assert.deepEqual([adopted.owner, adopted.mandate?.proposedBy], [admin.id, admin.id])
    assert.deepEqual(await world.found(agent), adopted)
    const [told] = await world.events("agent.proposed")
    assert.equal(told?.["owner"], admin.id)
    assert.deepEqual(told?.["data"], {
      tier: "transactional",
      purpose: "Tidies notes.",
      expiresAt: "2026-12-01T12:00:00.000Z",
    })
  })

  it("activates it at once for the only administrator there is, and says so for as long as it lives", async () => {
    await using world = await openControlWorld()
    const { admin, agent } = await discovered(world)
    const before = await world.version()
    const adopted = await adoptAgent(world, admin, requestFor(world, agent))

    assert.deepEqual([adopted.state, adopted.mandate?.oversight], ["active", "sole-administrator"])
    const [activated] = await world.events("agent.activated")
    assert.deepEqual(activated?.["data"], { oversight: "sole-administrator" })
    assert.ok((await world.version()) > before, "decisions must see a new agent")
  })

  it("leaves it proposed for a second person where its tier may change things", async () => {
    await using world = await openControlWorld()
    const { admin, agent } = await discovered(world)
    await world.person("administrator")
    for (const tier of ["transactional", "operator"] as const) {
      const another = tier === "transactional" ? agent : await world.agent()
      const adopted = await adoptAgent(world, admin, requestFor(world, another, { tier }))
      assert.deepEqual([adopted.state, adopted.mandate?.oversight], ["proposed", "two-person"])
    }
    assert.deepEqual(await world.events("agent.activated"), [])
  })

  it("needs no second person for an agent that only reads", async () => {
    await using world = await openControlWorld()
    const { admin, agent } = await discovered(world)
    await world.person("administrator")
    const adopted = await adoptAgent(world, admin, requestFor(world, agent, { tier: "read-only" }))
    assert.deepEqual([adopted.state, adopted.mandate?.oversight], ["active", "not-required"])
  })

  it("does not take an administrator who has left for a second person", async () => {
    await using world = await openControlWorld()
    const { admin, agent } = await discovered(world)
    await world.person("administrator", { active: false })
    const adopted = await adoptAgent(world, admin, requestFor(world, agent))
    assert.equal(adopted.mandate?.oversight, "sole-administrator")
  })

  it("leaves nobody their own second person while an administrator and a security person are there", async () => {
    await using world = await openControlWorld()
    const { admin, agent } = await discovered(world)
    const security = await world.person("security")
    for (const by of [security, admin]) {
      const another = by === security ? agent : await world.agent()
      const adopted = await adoptAgent(world, by, requestFor(world, another))
      assert.deepEqual([adopted.state, adopted.mandate?.oversight], ["proposed", "two-person"])
    }
  })

  it("never takes a security person for the sole administrator", async () => {
    await using world = await openControlWorld()
    const security = await world.person("security")
    const adopted = await adoptAgent(world, security, requestFor(world, await world.agent()))
    assert.deepEqual([adopted.state, adopted.mandate?.oversight], ["proposed", "two-person"])
  })

  it("is refused to whoever does not say that they answer for it", async () => {
    await using world = await openControlWorld()
    const { admin, agent } = await discovered(world)
    await refusedAdoption(
      world,
      admin,
      requestFor(world, agent, { acceptOwnership: false }),
      "owner_must_accept",
    )
  })

  it("is refused to members and auditors", async () => {
    await using world = await openControlWorld()
    const { agent } = await discovered(world)
    for (const role of ["member", "auditor"] as const) {
      await refusedAdoption(world, await world.person(role), requestFor(world, agent), "not_allowed")
    }
  })

  it("is refused for an end that has passed, is now, or lies more than a year ahead", async () => {
    await using world = await openControlWorld()
    const { admin, agent } = await discovered(world)
    const now = world.clock.now().getTime()
    for (const end of [now - 1, now, now + 366 * DAY + 1, Number.NaN]) {
      const request = requestFor(world, agent, { expiresAt: new Date(end) })
      await refusedAdoption(world, admin, request, "body_invalid")
    }
    const longest = requestFor(world, agent, { expiresAt: new Date(now + 366 * DAY) })
    assert.equal((await adoptAgent(world, admin, longest)).state, "active")
  })

  it("is refused for an agent that is not there, or in any state but discovered", async () => {
    await using world = await openControlWorld()
    const { admin, agent } = await discovered(world)
    await refusedAdoption(world, admin, requestFor(world, { ...agent, id: "agt_none" }), "agent_not_found")
    const states: readonly AgentState[] = [
      "proposed",
      "active",
      "suspended",
      "quarantined",
      "retiring",
      "retired",
      "dismissed",
    ]
    for (const state of states) {
      const other = await world.agent({ state, owner: admin.id, mandate: mandateOf(admin, world.clock) })
      await refusedAdoption(world, admin, requestFor(world, other), "agent_state_conflict")
    }
  })

  it("lets exactly one of twenty adopt it, and keeps nothing of the others", async () => {
    await using world = await openControlWorld()
    const { agent } = await discovered(world)
    const people = await Promise.all(Array.from({ length: 20 }, () => world.person("administrator")))
    const outcomes = await twentyAtOnce(async (n) => {
      const { owner } = await adoptAgent(world, people[n] ?? assert.fail(), requestFor(world, agent))
      return { owner }
    })

    const winners = outcomes.filter((outcome) => typeof outcome !== "string")
    assert.equal(winners.length, 1)
    assert.ok(outcomes.every((outcome) => typeof outcome !== "string" || outcome === "agent_state_conflict"))
    assert.equal((await world.found(agent))?.owner, winners[0]?.owner)
    assert.equal((await world.events("agent.proposed")).length, 1)
  })
})

describe("activating a proposed agent", () => {
  it("is the word of a second person, who is named in the mandate and the record", async () => {
    await using world = await openControlWorld()
    const { agent } = await proposed(world)
    const second = await world.person("security")
    const activated = await activateAgent(world, second, agent.id)

    assert.deepEqual([activated.state, activated.mandate?.approvedBy], ["active", second.id])
    assert.deepEqual(await world.found(agent), activated)
    const [event] = await world.events("agent.activated")
    assert.deepEqual(event?.["actor"], { kind: "user", id: second.id })
  })

  it("is refused to the owner and to the proposer, whatever their role", async () => {
    await using world = await openControlWorld()
    const { owner, agent } = await proposed(world)
    await assert.rejects(activateAgent(world, owner, agent.id), { code: "not_allowed" })

    const proposer = await world.person("administrator")
    const handedOn = await world.agent({
      state: "proposed",
      owner: owner.id,
      mandate: mandateOf(proposer, world.clock, { oversight: "two-person" }),
    })
    await assert.rejects(activateAgent(world, proposer, handedOn.id), { code: "not_allowed" })
    assert.equal((await world.found(handedOn))?.state, "proposed")
  })

  it("is refused to members and auditors", async () => {
    await using world = await openControlWorld()
    const { agent } = await proposed(world)
    for (const role of ["member", "auditor"] as const) {
      await assert.rejects(activateAgent(world, await world.person(role), agent.id), { code: "not_allowed" })
    }
  })

  it("is refused where nothing was proposed, and where it happened already", async () => {
    await using world = await openControlWorld()
    const { agent } = await proposed(world)
    const second = await world.person("administrator")
    const unadopted = await world.agent()
    await assert.rejects(activateAgent(world, second, unadopted.id), { code: "agent_state_conflict" })
    await assert.rejects(activateAgent(world, second, "agt_none"), { code: "agent_not_found" })
    await activateAgent(world, second, agent.id)
    await assert.rejects(activateAgent(world, second, agent.id), { code: "agent_state_conflict" })
    assert.equal((await world.events("agent.activated")).length, 1)
  })
})

async function discovered(world: ControlWorld): Promise<{ admin: User; agent: Agent }> {
  return { admin: await world.person("administrator"), agent: await world.agent() }
}

async function proposed(world: ControlWorld): Promise<{ owner: User; agent: Agent }> {
  const { admin, agent } = await discovered(world)
  await world.person("administrator")
  return { owner: admin, agent: await adoptAgent(world, admin, requestFor(world, agent)) }
}

function requestFor(
  { clock }: ControlWorld,
  { id }: { id: string },
  differences: Partial<AdoptionRequest> = {},
): AdoptionRequest {
  return {
    agent: id,
    purpose: "Tidies notes.",
    tier: "transactional",
    expiresAt: new Date(clock.now().getTime() + 30 * DAY),
    acceptOwnership: true,
    ...differences,
  }
}

async function refusedAdoption(
  world: ControlWorld,
  by: User,
  request: AdoptionRequest,
  code: string,
): Promise<void> {
  const before = await world.snapshot(({ agents }) => agents.list({ limit: 100 }))
  await assert.rejects(adoptAgent(world, by, request), { code })
  assert.deepEqual(await world.snapshot(({ agents }) => agents.list({ limit: 100 })), before)
  assert.deepEqual(await world.events("agent.proposed"), [])
}
