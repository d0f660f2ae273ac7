import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Id, newId, type User } from "@tabard/core"
import { changeRole, invitePerson } from "../access/people.ts"
import { startSession } from "../access/sessions.ts"
import { makeApiToken, revokeApiToken } from "../api-tokens/make-api-token.ts"
import type { AuditEvent } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { declineOwnership } from "../lifecycle/answer-offer.ts"
import { offerOwnership } from "../lifecycle/offer-ownership.ts"
import { suspendAgent } from "../lifecycle/stop-agent.ts"
import { DAY, mandateOf } from "../testing/control-world.ts"
import { followRecord } from "./follow-record.ts"
import type { Notification } from "./notification-store.ts"
import { openTellingWorld, type TellingWorld } from "./testing/telling-world.ts"

describe("following the record", () => {
  it("tells whoever answers for an agent that somebody else stopped it, and not who did", async () => {
    await using world = await openTellingWorld()
    const [owner, helper, other] = await people(world, "member", "member", "member")
    const security = await world.person("security")
    const agent = await active(world, owner)
    await help(world, agent.id, helper)
    await suspendAgent(world, security, { agent: agent.id, reason: "odd" })
    await world.tell()
    for (const told of [owner, helper]) {
      const [one, ...more] = await world.toldTo(told)
      assert.deepEqual(
        [one?.kind, one?.agent, one?.details],
        ["agent-stopped", agent.id, { how: "suspended", by: security.id }],
      )
      assert.deepEqual(more, [])
    }
    assert.deepEqual(await world.toldTo(other), [])
    assert.deepEqual(await world.toldTo(security), [])
  })

  it("tells the members of a team that helps with an agent, and not those who left it", async () => {
    await using world = await openTellingWorld()
    const [owner, stays, left] = await people(world, "member", "member", "member")
    const security = await world.person("security")
    const agent = await active(world, owner)
    const team = newId("team", world.clock)
    const at = world.clock.now()
    await world.transact(async ({ maintainers, teams }) => {
      const kept = { externalName: null, keptBy: "people", lead: null, createdAt: at } as const
      assert.ok(await teams.add({ id: team, name: "Payments", ...kept }))
      for (const { id: user } of [stays, left]) await teams.join({ team, user, joinedAt: at })
      await maintainers.addTeam({ agent: agent.id, team, addedBy: owner.id, addedAt: at })
      await teams.leave(team, left.id)
    })
    await suspendAgent(world, security, { agent: agent.id, reason: "odd" })
    await world.tell()
    assert.deepEqual(kinds(await world.toldTo(stays)), ["agent-stopped"])
    assert.deepEqual(await world.toldTo(left), [])
  })

  it("tells whom an agent is offered to, and then who offered it that it was declined", async () => {
    await using world = await openTellingWorld()
    const [owner, next] = await people(world, "member", "member")
    const agent = await active(world, owner)
    const offer = await offerOwnership(world, owner, { agent: agent.id, to: next.id })
    await world.tell()
    assert.deepEqual(kinds(await world.toldTo(next)), ["ownership-offered"])
    await declineOwnership(world, next, { offer: offer.id, reason: "no" })
    await world.tell()
    assert.deepEqual(kinds(await world.toldTo(owner)), ["ownership-answered"])
  })

  it("tells an offer to nobody that was answered before it could be told", async () => {
    await using world = await openTellingWorld()
    const [owner, next] = await people(world, "member", "member")
    const agent = await active(world, owner)
    const offer = await offerOwnership(world, owner, { agent: agent.id, to: next.id })
    await declineOwnership(world, next, { offer: offer.id, reason: "no" })
    await world.tell()
    assert.deepEqual(await world.toldTo(next), [])
  })

  it("tells of a role the person and the other administrators, and of an invitation these alone", async () => {
    await using world = await openTellingWorld()
    const [ann, bob, member] = await people(world, "administrator", "administrator", "member")
    const { user } = await invitePerson(world, ann, {
      name: "Eve",
      email: "eve@acme.example",
      role: "auditor",
    })
    await changeRole(world, ann, { person: member.id, role: "security" })
    await world.tell()
    assert.deepEqual(kinds(await world.toldTo(bob)).toSorted(), ["person-invited", "role-changed"])
    assert.deepEqual(kinds(await world.toldTo(member)), ["role-changed"])
    for (const nobody of [ann, user]) assert.deepEqual(await world.toldTo(nobody), [])
  })

  it("tells a person of a new browser, not of the first, nor of one that was updated", async () => {
    await using world = await openTellingWorld()
    const user = await world.person("member")
    for (const agent of ["Firefox/140.0", "Firefox/141.2", "Chrome/150.0", "Chrome/151.1"])
      await world.transact((tx) => startSession(world, tx, { user, by: "invitation", agent }))
    await world.tell()
    assert.deepEqual(kinds(await world.toldTo(user)), ["signed-in"])
  })

  it("tells the maker of an API token before it ends, and not of one that was revoked", async () => {
    await using world = await openTellingWorld()
    const ann = await world.person("security")
    const wish = { purpose: "export", role: "auditor", scopes: ["read"], days: 90 } as const
    const { made } = await makeApiToken(world, ann, wish)
    const { made: revoked } = await makeApiToken(world, ann, wish)
    await world.tell()
    world.clock.advance(82 * DAY)
    await world.tell()
    assert.deepEqual(await world.toldTo(ann), [], "not yet")
    await revokeApiToken(world, ann, { apiToken: revoked.id, reason: "lost" })
    world.clock.advance(1 * DAY)
    await world.tell()
    assert.deepEqual(
      (await world.toldTo(ann)).map(({ subject }) => subject),
      [made.id],
    )
  })

  it("tells of new agents once for a scan, and whoever looks after all agents alone", async () => {
    await using world = await openTellingWorld()
    const [ann, member] = [await world.person("security"), await world.person("member")]
    for (const discovered of [0, 7]) {
      const data = { scan: newId("scan", world.clock), discovered }
      await happens(world, { type: "scan.finished", actor: { kind: "system", id: "scan" }, data })
    }
    await world.tell()
    assert.deepEqual(
      (await world.toldTo(ann)).map(({ details }) => details),
      [{ count: 7 }],
    )
    assert.deepEqual(await world.toldTo(member), [])
  })

  it("tells nobody who is switched off, nor a member of what they may see no more", async () => {
    await using world = await openTellingWorld()
    const [owner, left, helper] = await people(world, "member", "member", "member")
    const security = await world.person("security")
    const agent = await active(world, owner)
    for (const person of [left, helper]) await help(world, agent.id, person)
    await suspendAgent(world, security, { agent: agent.id, reason: "odd" })
    await world.place()
    const fence = await world.lead()
    await followRecord({ ...world, fence })
    await world.transact(async ({ maintainers, users }) => {
      await users.setActive(left.id, false)
      await maintainers.remove(agent.id, helper.id)
    })
    await world.tell()
    assert.deepEqual(await world.toldTo(left), [])
    assert.deepEqual(await world.toldTo(helper), [])
    assert.equal((await world.toldTo(owner)).length, 1)
  })

  it("tells nothing of a kind that a person chose to hear nothing of", async () => {
    await using world = await openTellingWorld()
    const owner = await world.person("member")
    const agent = await active(world, owner)
    const chosen = { kinds: { "agent-stopped": "nothing" }, digestHour: 7 } as const
    await world.transact(({ choices }) => choices.put(owner.id, chosen))
    await suspendAgent(world, await world.person("security"), { agent: agent.id, reason: "odd" })
    await world.tell()
    assert.deepEqual(await world.toldTo(owner), [])
  })

  it("begins at the end of the record, and then looks at every event exactly once", async () => {
    await using world = await openTellingWorld()
    const ann = await world.person("security")
    const scans = async (count: number) => {
      for (let n = 0; n < count; n++) {
        const data = { scan: newId("scan", world.clock), discovered: 1 }
        await happens(world, { type: "scan.finished", actor: { kind: "system", id: "scan" }, data })
      }
    }
    await scans(120)
    await world.tell()
    await world.tell()
    assert.equal(
      (await world.snapshot(({ notifications }) => notifications.list({ to: ann.id, limit: 1000 }))).length,
      120,
    )
  })

  it("loses nothing and doubles nothing where a process dies before it could say how far it came", async () => {
    await using world = await openTellingWorld()
    const ann = await world.person("security")
    const data = { scan: newId("scan", world.clock), discovered: 1 }
    await happens(world, { type: "scan.finished", actor: { kind: "system", id: "scan" }, data })
    await world.place()
    const fence = await world.lead()
    const dying: TellingWorld["transact"] = (work) =>
      world.transact(async (tx) => {
        await work(tx)
        throw new Error("the power went")
      })
    await assert.rejects(followRecord({ clock: world.clock, transact: dying, fence }), /the power went/)
    assert.deepEqual(await world.toldTo(ann), [])
    await world.tell()
    assert.equal((await world.toldTo(ann)).length, 1)
  })

  it("is refused under the number of a lease that another holds by now", async () => {
    await using world = await openTellingWorld()
    const old = await world.lead("a")
    await world.transact(({ leases }) => leases.release("notifications", "test"))
    const stale = await world.lead("first")
    world.clock.advance(DAY)
    await world.lead("second")
    await happens(world, { type: "scan.finished", actor: { kind: "system", id: "scan" } })
    await world.place()
    for (const fence of [old, stale])
      await assert.rejects(followRecord({ ...world, fence }), { name: "LeaseLost" })
  })
})

async function people<const Roles extends readonly User["role"][]>(
  world: TellingWorld,
  ...roles: Roles
): Promise<{ [Index in keyof Roles]: User }> {
  const all: User[] = []
  for (const role of roles) all.push(await world.person(role))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one for each role
  return all as { [Index in keyof Roles]: User }
}

async function active(world: TellingWorld, owner: User): ReturnType<TellingWorld["agent"]> {
  return world.agent({ state: "active", owner: owner.id, mandate: mandateOf(owner, world.clock) })
}

async function help(world: TellingWorld, agent: Id<"agent">, { id: user }: User): Promise<void> {
  const addedAt = world.clock.now()
  await world.transact(({ maintainers }) => maintainers.add({ agent, user, addedBy: user, addedAt }))
}

async function happens(world: TellingWorld, event: AuditEvent): Promise<void> {
  await world.transact(({ outbox }) => recordEvent(world, outbox, event))
}

function kinds(all: readonly Notification[]): readonly string[] {
  return all.map(({ kind }) => kind)
}
