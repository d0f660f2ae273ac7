import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { User } from "@tabard/core"
import { deactivatePerson, reactivatePerson } from "../access/people.ts"
import { resumeAgent, suspendAgent } from "../lifecycle/stop-agent.ts"
import { enrolKey, type KeyToEnrol } from "./enrol-key.ts"
import { enrolmentCodeHash } from "./enrolment-code.ts"
import { offerEnrolment } from "./offer-enrolment.ts"
import { instanceOf, openTokenWorld, type TokenWorld, userOf } from "./testing/token-world.ts"

const MINUTE = 60_000

describe("offering an enrolment", () => {
  it("gives the owner a code that is good for a quarter of an hour, and records it without the code", async () => {
    await using world = await openTokenWorld()
    const { code, expiresAt } = await offerEnrolment(world, world.owner.id, world.agent.id)

    assert.equal(expiresAt.getTime() - world.clock.now().getTime(), 15 * MINUTE)
    const [event, ...more] = await world.events("enrolment.offered")
    assert.deepEqual(more, [])
    assert.equal(event?.["agent"], world.agent.id)
    assert.ok(
      !JSON.stringify(event).includes(code) && !JSON.stringify(event).includes(enrolmentCodeHash(code)),
    )
  })

  it("lets an administrator offer as well, and nobody else", async () => {
    await using world = await openTokenWorld()
    const admin = await addUser(world, { role: "administrator" })
    const colleague = await addUser(world, { role: "security" })
    const leaver = await addUser(world, { role: "administrator", active: false })

    await offerEnrolment(world, admin.id, world.agent.id)
    for (const { id } of [colleague, leaver]) {
      await assert.rejects(offerEnrolment(world, id, world.agent.id), { code: "not_allowed" })
    }
    assert.equal((await world.events("enrolment.offered")).length, 1)
  })

  it("is refused while the agent is not active", async () => {
    await using world = await openTokenWorld()
    await world.transact(({ agents }) => agents.move(world.agent.id, ["active"], "suspended"))
    await assert.rejects(offerEnrolment(world, world.owner.id, world.agent.id), { code: "agent_not_active" })
  })
})

describe("enrolling a key", () => {
  it("makes it an instance of the agent that the code was for, and records it", async () => {
    await using world = await openTokenWorld()
    const key = await offeredKey(world)
    const instance = await enrolKey(world, key)

    assert.equal(instance.agent, world.agent.id)
    assert.deepEqual(await world.snapshot(({ instances }) => instances.find(instance.id)), instance)
    const [event] = await world.events("instance.enrolled")
    assert.equal(event?.["instance"], instance.id)
    const { thumbprint } = key
    assert.deepEqual(event?.["data"], { label: "laptop", thumbprint, keyStorage: null })
  })

  it("lets exactly one of twenty who hold the same code in", async () => {
    await using world = await openTokenWorld()
    const { codeHash } = await offeredKey(world)
    const tries = Array.from({ length: 20 }, () => enrolKey(world, { ...someKey(world), codeHash }))
    const settled = await Promise.allSettled(tries)
    assert.equal(settled.filter(({ status }) => status === "fulfilled").length, 1)
  })

  it("refuses an unknown, a used and an expired code alike, and leaves no event", async () => {
    await using world = await openTokenWorld()
    const used = await offeredKey(world)
    await enrolKey(world, used)
    const expired = await offeredKey(world)
    world.clock.advance(15 * MINUTE)

    const refusals = [{ ...someKey(world), codeHash: enrolmentCodeHash("guess") }, { ...used }, expired].map(
      (key) =>
        enrolKey(world, key).then(
          () => "enrolled",
          (error: Error) => error.message,
        ),
    )
    const [first, ...rest] = await Promise.all(refusals)
    assert.match(first ?? "", /not valid/)
    assert.deepEqual(rest, [first, first])
    assert.deepEqual(await world.events("enrolment.refused"), [])
  })

  it("refuses a key that is known here, also as a revoked one, and spends the code", async () => {
    await using world = await openTokenWorld()
    const { thumbprint, jwk } = world.instance
    await world.transact(({ instances }) => instances.revoke(world.instance.id, world.clock.now()))
    const { codeHash } = await offeredKey(world)

    await assert.rejects(enrolKey(world, { codeHash, label: "again", thumbprint, jwk }), {
      code: "key_already_enrolled",
    })
    await assert.rejects(enrolKey(world, { ...someKey(world), codeHash }), { code: "enrolment_invalid" })
    const [event] = await world.events("enrolment.refused")
    assert.equal(event?.["outcome"], "key_already_enrolled")
  })

  it("is refused where the agent was stopped since the code was offered", async () => {
    await using world = await openTokenWorld()
    const key = await offeredKey(world)
    await world.transact(({ agents }) => agents.move(world.agent.id, ["active"], "suspended"))
    await assert.rejects(enrolKey(world, key), { code: "agent_not_active" })
    const [event] = await world.events("enrolment.refused")
    assert.equal(event?.["outcome"], "agent_not_active")
  })

  it("is refused, and the code is spent, where whoever offered it may not offer any more", async () => {
    const losses: Readonly<Record<string, (world: TokenWorld, heir: User) => Promise<unknown>>> = {
      "the agent is somebody else's": ({ transact, agent, owner, clock }, heir) =>
        transact(({ agents }) => agents.handOver(agent.id, owner.id, heir.id, clock.now())),
      "they are no administrator": ({ transact }, heir) =>
        transact(({ users }) => users.setRole(heir.id, "member")),
      "they are not active": ({ transact }, heir) => transact(({ users }) => users.setActive(heir.id, false)),
    }
    for (const [why, lose] of Object.entries(losses)) {
      await using world = await openTokenWorld()
      await addUser(world, { role: "administrator" })
      const heir = await addUser(world, { role: "administrator" })
      const by = why.startsWith("the agent") ? world.owner : heir
      const key = await offeredKey(world, by)
      await lose(world, heir)
      await assert.rejects(enrolKey(world, key), { code: "not_allowed" }, why)
      await assert.rejects(enrolKey(world, key), { code: "enrolment_invalid" }, why)
      const [event] = await world.events("enrolment.refused")
      assert.equal(event?.["outcome"], "not_allowed", why)
      assert.equal((await world.snapshot(({ instances }) => instances.of(world.agent.id))).length, 1, why)
    }
  })

  it("is refused of a code from before a stop or a leave that is over", async () => {
    await using world = await openTokenWorld()
    const admin = await addUser(world, { role: "administrator" })
    const { agent, owner } = world
    const beforeStop = await offeredKey(world)
    await suspendAgent(world, admin, { agent: agent.id, reason: "odd" })
    await resumeAgent(world, admin, { agent: agent.id, reason: "looked at" })
    await assert.rejects(enrolKey(world, beforeStop), { code: "enrolment_invalid" })

    const [beforeLeave, ofAnother] = [await offeredKey(world), await offeredKey(world, admin)]
    await deactivatePerson(world, admin, { person: owner.id, reason: "left" })
    await reactivatePerson(world, admin, owner.id)
    await assert.rejects(enrolKey(world, beforeLeave), { code: "enrolment_invalid" })
    assert.equal((await enrolKey(world, ofAnother)).agent, agent.id)
  })
})

async function offeredKey(world: TokenWorld, by: User = world.owner): Promise<KeyToEnrol> {
  const { code } = await offerEnrolment(world, by.id, world.agent.id)
  return { ...someKey(world), codeHash: enrolmentCodeHash(code) }
}

function someKey({ agent, clock }: TokenWorld): Omit<KeyToEnrol, "codeHash"> {
  const { label, jwk, thumbprint } = instanceOf(agent, clock)
  return { label, jwk, thumbprint }
}

async function addUser({ transact, clock }: TokenWorld, differences: Partial<User>): Promise<User> {
  const user = userOf(clock, differences)
  await transact(({ users }) => users.insert(user))
  return user
}
