import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Agent, newId, type OwnershipOffer, type User } from "@tabard/core"
import {
  type ControlWorld,
  DAY,
  mandateOf,
  openControlWorld,
  twentyAtOnce,
} from "../testing/control-world.ts"
import { enrolKey } from "../tokens/enrol-key.ts"
import { enrolmentCodeHash } from "../tokens/enrolment-code.ts"
import { offerEnrolment } from "../tokens/offer-enrolment.ts"
import { PLAIN_TOKEN } from "../tokens/testing/plain-token.ts"
import { instanceOf, taskOf } from "../tokens/testing/token-world.ts"
import { activateAgent, adoptAgent } from "./adopt-agent.ts"
import { acceptOwnership, declineOwnership } from "./answer-offer.ts"
import { expireOffers, offerOwnership, withdrawOffer } from "./offer-ownership.ts"
import { retireAgent } from "./retire-agent.ts"
import { dismissAgent } from "./stop-agent.ts"

const WEEK = 7 * DAY

describe("offering an agent to a person", () => {
  it("changes nothing of who owns it until they accept, and tells whom it was offered to", async () => {
    await using world = await openControlWorld()
    const { admin, ann, agent } = await peopled(world)
    const offer = await offerOwnership(world, admin, {
      agent: agent.id,
      to: ann.id,
      note: "You know it best.",
    })
    assert.deepEqual(await world.found(agent), agent)
    assert.deepEqual(await pending(world, agent), [offer])
    const [told] = await world.events("ownership.offered")
    assert.deepEqual(told?.["data"], {
      offer: offer.id,
      to: ann.id,
      note: "You know it best.",
      expiresAt: new Date(world.clock.now().getTime() + WEEK).toISOString(),
    })
  })

  it("replaces an offer that is pending, and says so", async () => {
    await using world = await openControlWorld()
    const { admin, ann, agent } = await peopled(world)
    const first = await offerOwnership(world, admin, { agent: agent.id, to: ann.id })
    const second = await offerOwnership(world, admin, { agent: agent.id, to: admin.id })
    assert.deepEqual(await pending(world, agent), [second])
    await assert.rejects(acceptOwnership(world, ann, first.id), { code: "offer_not_open" })
    assert.equal((await world.events("ownership.withdrawn")).length, 1)
  })

  it("is for its owner, security and administrators; of what is nobody's for the latter alone", async () => {
    await using world = await openControlWorld()
    const { ann, agent } = await peopled(world)
    const owned = await world.agent({ state: "active", owner: ann.id, mandate: mandateOf(ann, world.clock) })
    const bob = await world.person("member")
    for (const [by, which] of [
      [bob, owned],
      [bob, agent],
      [ann, agent],
      [await world.person("auditor"), owned],
    ] as const) {
      await assert.rejects(offerOwnership(world, by, { agent: which.id, to: bob.id }), {
        code: "not_allowed",
      })
    }
    await offerOwnership(world, ann, { agent: owned.id, to: bob.id })
    await offerOwnership(world, await world.person("security"), { agent: agent.id, to: bob.id })
  })

  it("is refused in words where there is no such person, or they are not active, or own it already", async () => {
    await using world = await openControlWorld()
    const { admin, ann } = await peopled(world)
    const gone = await world.person("member", { active: false, name: "Gone" })
    const agent = await world.agent({ owner: ann.id })
    for (const [to, code, message] of [
      ["usr_none", "person_not_found", /nobody called usr_none/],
      [gone.id, "person_not_found", /Gone is not active/],
      [ann.id, "agent_state_conflict", /owns it already/],
    ] as const) {
      await assert.rejects(offerOwnership(world, admin, { agent: agent.id, to }), { code, message })
    }
    assert.deepEqual(await pending(world, agent), [])
  })

  it("is refused for what is dismissed, retiring or retired", async () => {
    await using world = await openControlWorld()
    const { admin, ann } = await peopled(world)
    for (const state of ["dismissed", "retiring", "retired"] as const) {
      const { id } = await world.agent({ state })
      await assert.rejects(offerOwnership(world, admin, { agent: id, to: ann.id }), {
        code: "agent_state_conflict",
      })
    }
  })
})

describe("accepting an agent", () => {
  it("makes the person its owner, with the mandate that it has, and tells from whom", async () => {
    await using world = await openControlWorld()
    const { admin, ann } = await peopled(world)
    const mandate = mandateOf(admin, world.clock)
    const agent = await world.agent({ state: "active", owner: admin.id, mandate })
    const offer = await offerOwnership(world, admin, { agent: agent.id, to: ann.id })
    const version = await world.version()
    world.clock.advance(DAY)
    const accepted = await acceptOwnership(world, ann, offer.id)
    assert.deepEqual(accepted, {
      ...agent,
      owner: ann.id,
      mandate: { ...mandate, acceptedAt: world.clock.now() },
    })
    assert.deepEqual(await world.found(agent), accepted)
    assert.ok((await world.version()) > version, "decisions must see who answers now")
    const [told] = await world.events("ownership.accepted")
    assert.deepEqual([told?.["owner"], told?.["data"]], [ann.id, { offer: offer.id, from: admin.id }])
  })

  it("ends what the owner before was answering for: live tokens and open tasks", async () => {
    await using world = await openControlWorld()
    const { admin, ann } = await peopled(world)
    const agent = await world.agent({
      state: "active",
      owner: admin.id,
      mandate: mandateOf(admin, world.clock),
    })
    const task = taskOf(agent, world.clock)
    const [issuedAt, expiresAt] = [world.clock.now(), new Date(world.clock.now().getTime() + DAY)]
    const token = {
      ...PLAIN_TOKEN,
      jti: "1",
      instance: newId("instance", world.clock),
      task: null,
      audience: "a",
      revokedAt: null,
    }
    await world.transact(async ({ tasks, tokens }) => {
      await tasks.insert(task)
      await tokens.insert({ ...token, agent: agent.id, issuedAt, expiresAt })
    })
    const offer = await offerOwnership(world, admin, { agent: agent.id, to: ann.id })
    await acceptOwnership(world, ann, offer.id)
    assert.ok((await world.snapshot(({ tasks }) => tasks.find(task.id)))?.closedAt)
    assert.deepEqual(await world.snapshot(({ tokens }) => tokens.live(agent.id, world.clock.now())), [])
  })

  it("ends the codes by which the owner before let keys in, so that no key of theirs comes after", async () => {
    await using world = await openControlWorld()
    const [admin, ann] = [await world.person("administrator"), await world.person("member")]
    const mandate = mandateOf(admin, world.clock)
    const agent = await world.agent({ state: "active", owner: admin.id, mandate })
    const { code } = await offerEnrolment(world, admin.id, agent.id)
    const offer = await offerOwnership(world, admin, { agent: agent.id, to: ann.id })
    await acceptOwnership(world, ann, offer.id)
    // An administrator still may offer one: it is the hand-over that ended this one.
    const { label, jwk, thumbprint } = instanceOf(agent, world.clock)
    const key = { label, jwk, thumbprint, codeHash: enrolmentCodeHash(code) }
    await assert.rejects(enrolKey(world, key), { code: "enrolment_invalid" })
    assert.deepEqual(await world.snapshot(({ instances }) => instances.of(agent.id)), [])
  })

  it("is for the person it was offered to, whoever else asks", async () => {
    await using world = await openControlWorld()
    const { admin, ann, agent } = await peopled(world)
    const offer = await offerOwnership(world, admin, { agent: agent.id, to: ann.id })
    await assert.rejects(acceptOwnership(world, admin, offer.id), { code: "not_allowed" })
    await assert.rejects(declineOwnership(world, admin, { offer: offer.id, reason: "no" }), {
      code: "not_allowed",
    })
    await assert.rejects(acceptOwnership(world, ann, "ofr_none"), { code: "offer_not_found" })
    assert.deepEqual(await world.found(agent), agent)
  })

  it("is refused once the week is over, and the offer is then told as expired", async () => {
    await using world = await openControlWorld()
    const { admin, ann, agent } = await peopled(world)
    const offer = await offerOwnership(world, admin, { agent: agent.id, to: ann.id })
    world.clock.advance(WEEK)
    await assert.rejects(acceptOwnership(world, ann, offer.id), { code: "offer_not_open" })
    assert.deepEqual(await pending(world, agent), [])
    assert.deepEqual([await expireOffers(world), await expireOffers(world)], [1, 0])
    assert.equal((await world.events("ownership.expired")).length, 1)
    assert.deepEqual(await world.found(agent), agent)
  })

  it("is refused where who offered it may not do so any more", async () => {
    await using world = await openControlWorld()
    const { admin, ann, agent } = await peopled(world)
    const offer = await offerOwnership(world, admin, { agent: agent.id, to: ann.id })
    await world.transact(({ users }) => users.setActive(admin.id, false))
    await assert.rejects(acceptOwnership(world, ann, offer.id), { code: "offer_not_open" })
  })

  it("happens once where twenty of the person's windows say yes at once", async () => {
    await using world = await openControlWorld()
    const { admin, ann, agent } = await peopled(world)
    const offer = await offerOwnership(world, admin, { agent: agent.id, to: ann.id })
    const outcomes = await twentyAtOnce(() => acceptOwnership(world, ann, offer.id))
    assert.equal(outcomes.filter((outcome) => typeof outcome !== "string").length, 1)
    assert.ok(outcomes.every((outcome) => typeof outcome !== "string" || outcome === "offer_not_open"))
    assert.equal((await world.events("ownership.accepted")).length, 1)
  })

  it("is refused of an offer that went with its agent's retirement or dismissal", async () => {
    await using world = await openControlWorld()
    const { admin, ann } = await peopled(world)
    const active = await world.agent({
      state: "active",
      owner: admin.id,
      mandate: mandateOf(admin, world.clock),
    })
    const found = await world.agent()
    const offers = [active, found].map(({ id }) => offerOwnership(world, admin, { agent: id, to: ann.id }))
    await Promise.all(offers)
    await retireAgent(world, admin, { agent: active.id, reason: "over" })
    await dismissAgent(world, admin, { agent: found.id, reason: "no agent" })
    for (const offer of offers)
      await assert.rejects(acceptOwnership(world, ann, (await offer).id), { code: "offer_not_open" })
    assert.equal((await world.events("ownership.withdrawn")).length, 2)
  })
})

describe("saying no to an agent", () => {
  it("leaves everything as it was, with the reason in the record", async () => {
    await using world = await openControlWorld()
    const { admin, ann, agent } = await peopled(world)
    const offer = await offerOwnership(world, admin, { agent: agent.id, to: ann.id })
    await declineOwnership(world, ann, { offer: offer.id, reason: "Never heard of it." })
    assert.deepEqual([await world.found(agent), await pending(world, agent)], [agent, []])
    const [told] = await world.events("ownership.declined")
    assert.deepEqual(told?.["data"], { offer: offer.id, to: ann.id, reason: "Never heard of it." })
    await assert.rejects(acceptOwnership(world, ann, offer.id), { code: "offer_not_open" })
  })

  it("is what taking an offer back amounts to, for whoever could make it", async () => {
    await using world = await openControlWorld()
    const { admin, ann, agent } = await peopled(world)
    const offer = await offerOwnership(world, admin, { agent: agent.id, to: ann.id })
    await assert.rejects(withdrawOffer(world, ann, agent.id), { code: "not_allowed" })
    await withdrawOffer(world, admin, agent.id)
    await assert.rejects(withdrawOffer(world, admin, agent.id), { code: "offer_not_found" })
    await assert.rejects(acceptOwnership(world, ann, offer.id), { code: "offer_not_open" })
  })
})

describe("adopting an agent for somebody else", () => {
  it("proposes it, nobody's, until they accept its terms; then it is theirs", async () => {
    await using world = await openControlWorld()
    const { admin, ann, agent } = await peopled(world)
    const proposed = await adoptAgent(world, admin, requestFor(world, agent, ann))
    assert.deepEqual([proposed.state, proposed.owner, proposed.mandate], ["proposed", null, null])
    assert.deepEqual(await world.found(agent), proposed)

    const accepted = await acceptOwnership(world, ann, await offerOf(world, agent))
    assert.deepEqual(
      [accepted.owner, accepted.mandate?.purpose, accepted.mandate?.proposedBy],
      [ann.id, "Tidies notes.", admin.id],
    )
    assert.deepEqual(await world.found(agent), accepted)
  })

  it("needs no third person where there is none: one proposed and the other accepted", async () => {
    await using world = await openControlWorld()
    const { admin, ann, agent } = await peopled(world)
    await adoptAgent(world, admin, requestFor(world, agent, ann))
    const { state, mandate } = await acceptOwnership(world, ann, await offerOf(world, agent))
    assert.deepEqual([state, mandate?.oversight, mandate?.approvedBy], ["active", "two-person", admin.id])
  })

  it("waits for a third person where there is one, and lets neither of the two agree", async () => {
    await using world = await openControlWorld()
    const { admin, agent } = await peopled(world)
    const [bea, third] = [await world.person("administrator"), await world.person("security")]
    await adoptAgent(world, admin, requestFor(world, agent, bea))
    const { state } = await acceptOwnership(world, bea, await offerOf(world, agent))
    assert.equal(state, "proposed")
    for (const by of [admin, bea])
      await assert.rejects(activateAgent(world, by, agent.id), { code: "not_allowed" })
    assert.equal((await activateAgent(world, third, agent.id)).state, "active")
  })

  it("can be tried anew, for another or oneself, where they said no", async () => {
    await using world = await openControlWorld()
    const { admin, ann, agent } = await peopled(world)
    await adoptAgent(world, admin, requestFor(world, agent, ann))
    await declineOwnership(world, ann, { offer: await offerOf(world, agent), reason: "no" })
    const anew = await adoptAgent(world, admin, { ...requestFor(world, agent, admin), acceptOwnership: true })
    assert.deepEqual([anew.state, anew.owner], ["active", admin.id])
  })

  it("is refused to whoever would accept in their name", async () => {
    await using world = await openControlWorld()
    const { admin, ann, agent } = await peopled(world)
    const request = { ...requestFor(world, agent, ann), acceptOwnership: true }
    await assert.rejects(adoptAgent(world, admin, request), { code: "owner_must_accept" })
    assert.deepEqual(await world.found(agent), agent)
  })

  it("does not put aside somebody who answers for it already, unless they have left", async () => {
    await using world = await openControlWorld()
    const { admin, ann } = await peopled(world)
    const agent = await world.agent({ owner: ann.id })
    const request = { ...requestFor(world, agent, admin), acceptOwnership: true }
    await assert.rejects(adoptAgent(world, admin, request), {
      code: "agent_state_conflict",
      message: /answers for/,
    })
    await world.transact(({ users }) => users.setActive(ann.id, false))
    assert.equal((await adoptAgent(world, admin, request)).owner, admin.id)
  })

  it("is over where its end came before the answer", async () => {
    await using world = await openControlWorld()
    const { admin, ann, agent } = await peopled(world)
    const expiresAt = new Date(world.clock.now().getTime() + DAY)
    await adoptAgent(world, admin, { ...requestFor(world, agent, ann), expiresAt })
    world.clock.advance(DAY)
    await assert.rejects(acceptOwnership(world, ann, await offerOf(world, agent)), { code: "offer_not_open" })
  })
})

async function peopled(world: ControlWorld): Promise<{ admin: User; ann: User; agent: Agent }> {
  const [admin, ann] = [await world.person("administrator"), await world.person("member")]
  return { admin, ann, agent: await world.agent() }
}

function requestFor({ clock }: ControlWorld, agent: Agent, owner: User): Parameters<typeof adoptAgent>[2] {
  return {
    agent: agent.id,
    owner: owner.id,
    purpose: "Tidies notes.",
    tier: "transactional",
    expiresAt: new Date(clock.now().getTime() + 30 * DAY),
    acceptOwnership: false,
  }
}

function pending(world: ControlWorld, { id }: Agent): Promise<readonly OwnershipOffer[]> {
  return world.snapshot(({ offers }) => offers.pendingOf([id], world.clock.now()))
}

async function offerOf(world: ControlWorld, agent: Agent): Promise<string> {
  const [offer] = await pending(world, agent)
  return offer?.id ?? assert.fail("no offer is pending")
}
