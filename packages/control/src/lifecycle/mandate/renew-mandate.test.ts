import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { AGENT_STATES, type Agent, type AgentState, type TierName, type User } from "@tabard/core"
import { acceptOwnership } from "../../lifecycle/answer-offer.ts"
import { offerOwnership } from "../../lifecycle/offer-ownership.ts"
import {
  type ControlWorld,
  DAY,
  mandateOf,
  openControlWorld,
  twentyAtOnce,
} from "../../testing/control-world.ts"
import { agreeToRenewal, declineRenewal, renewMandate } from "./renew-mandate.ts"

describe("renewing a mandate", () => {
  it("waits for a second person where the tier asks for one, and keeps the terms", async () => {
    await using world = await openControlWorld()
    const { owner, agent, security } = await adopted(world)
    const expiresAt = inDays(world, 60)
    await renewMandate(world, owner, { agent: agent.id, expiresAt })
    assert.deepEqual((await world.found(agent))?.mandate, agent.mandate, "nothing holds yet")
    const version = await world.version()
    await agreeToRenewal(world, security, agent.id)
    const renewed = (await world.found(agent))?.mandate
    assert.deepEqual(renewed, {
      ...agent.mandate,
      expiresAt,
      acceptedAt: world.clock.now(),
      oversight: "two-person",
      approvedBy: security.id,
    })
    assert.ok((await world.version()) > version, "decisions must see it")
    const told = (await world.events("agent.renewal-asked", "agent.renewed")).map(({ type, actor }) => [
      type,
      Reflect.get(Object(actor), "id"),
    ])
    assert.deepEqual(told, [
      ["agent.renewal-asked", owner.id],
      ["agent.renewed", security.id],
    ])
  })

  it("holds at once for a tier that only reads, and for an administrator who is all there is", async () => {
    await using world = await openControlWorld()
    const reader = await adopted(world, { tier: "read-only" })
    await renewMandate(world, reader.owner, { agent: reader.agent.id, expiresAt: inDays(world, 60) })
    assert.deepEqual((await world.found(reader.agent))?.mandate?.oversight, "not-required")

    await using lonely = await openControlWorld()
    const owner = await lonely.person("administrator")
    const agent = await lonely.agent({
      state: "active",
      owner: owner.id,
      mandate: mandateOf(owner, lonely.clock),
    })
    await renewMandate(lonely, owner, { agent: agent.id, expiresAt: inDays(lonely, 60) })
    const { expiresAt, oversight } = (await lonely.found(agent))?.mandate ?? {}
    assert.deepEqual([expiresAt, oversight], [inDays(lonely, 60), "sole-administrator"])
  })

  it("is its owner's to ask, and never theirs to agree to, whatever their role", async () => {
    await using world = await openControlWorld()
    const { owner, agent, security } = await adopted(world, { role: "security" })
    const expiresAt = inDays(world, 60)
    for (const by of [security, await world.person("administrator"), await world.person("member")])
      await assert.rejects(renewMandate(world, by, { agent: agent.id, expiresAt }), { code: "not_allowed" })
    await renewMandate(world, owner, { agent: agent.id, expiresAt })
    for (const by of [owner, await world.person("member"), await world.person("auditor")])
      await assert.rejects(agreeToRenewal(world, by, agent.id), { code: "not_allowed" })
    await agreeToRenewal(world, security, agent.id)
  })

  it("is refused for an end that is past, too far, or not behind the one there is", async () => {
    await using world = await openControlWorld()
    const { owner, agent } = await adopted(world)
    for (const days of [-1, 0, 29, 30, 367])
      await assert.rejects(renewMandate(world, owner, { agent: agent.id, expiresAt: inDays(world, days) }), {
        code: "body_invalid",
      })
  })

  for (const state of AGENT_STATES) {
    const may = ["active", "suspended", "quarantined"].includes(state)
    it(`is ${may ? "possible" : "refused"} where the agent is ${state}, and leaves it so`, async () => {
      await using world = await openControlWorld()
      const { owner, agent, security } = await adopted(world, { state })
      const asked = renewMandate(world, owner, { agent: agent.id, expiresAt: inDays(world, 60) })
      if (may) {
        await asked
        await agreeToRenewal(world, security, agent.id)
      } else await assert.rejects(asked, { code: "agent_state_conflict" })
      const found = await world.found(agent)
      assert.deepEqual([found?.state, found?.mandate?.expiresAt], [state, inDays(world, may ? 60 : 30)])
    })
  }

  it("is agreed to once, however many do so at once, and not after it was declined", async () => {
    await using world = await openControlWorld()
    const { owner, agent, security } = await adopted(world)
    const ask = () => renewMandate(world, owner, { agent: agent.id, expiresAt: inDays(world, 60) })
    await ask()
    await declineRenewal(world, owner, { agent: agent.id, reason: "not needed after all" })
    await assert.rejects(agreeToRenewal(world, security, agent.id), { code: "agent_state_conflict" })
    await ask()
    await assert.rejects(
      declineRenewal(world, await world.person("member"), { agent: agent.id, reason: "no" }),
      { code: "not_allowed" },
    )
    const outcomes = await twentyAtOnce(async () => {
      await agreeToRenewal(world, security, agent.id)
      return { agreed: true }
    })
    assert.equal(outcomes.filter((outcome) => typeof outcome !== "string").length, 1)
    assert.equal((await world.events("agent.renewed")).length, 1)
  })

  it("binds nobody who took the agent over meanwhile", async () => {
    await using world = await openControlWorld()
    const { owner, agent, security } = await adopted(world)
    const next = await world.person("member")
    await renewMandate(world, owner, { agent: agent.id, expiresAt: inDays(world, 60) })
    const offer = await offerOwnership(world, owner, { agent: agent.id, to: next.id })
    await acceptOwnership(world, next, offer.id)
    await assert.rejects(agreeToRenewal(world, security, agent.id), { code: "agent_state_conflict" })
    assert.deepEqual((await world.found(agent))?.mandate?.expiresAt, inDays(world, 30))
  })
})

interface Adopted {
  readonly owner: User
  readonly agent: Agent
  readonly security: User
}

async function adopted(
  world: ControlWorld,
  differs: { tier?: TierName; state?: AgentState; role?: User["role"] } = {},
): Promise<Adopted> {
  const [owner, security] = [await world.person(differs.role ?? "member"), await world.person("security")]
  const mandate = mandateOf(owner, world.clock, { tier: differs.tier ?? "transactional" })
  const agent = await world.agent({ state: differs.state ?? "active", owner: owner.id, mandate })
  return { owner, agent, security }
}

function inDays({ clock }: ControlWorld, days: number): Date {
  return new Date(clock.now().getTime() + days * DAY)
}
