import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Agent, JsonObject, Mandate, User } from "@tabard/core"
import { recordEvent } from "../../audit/event/record-event.ts"
import { openTellingWorld, type TellingWorld } from "../../notifications/testing/telling-world.ts"
import { type ControlWorld, DAY, mandateOf, openControlWorld } from "../../testing/control-world.ts"
import { renewMandate } from "./renew-mandate.ts"
import { suspendExpired } from "./suspend-expired.ts"
import { sweepAges } from "./sweep-ages.ts"

const YEAR = 360

describe("a mandate that ends", () => {
  it("is spoken of fourteen, seven and one day before, once each, and then the agent is suspended", async () => {
    await using world = await openTellingWorld()
    const owner = await world.person("member")
    const agent = await active(world, owner, 30)
    const told: (readonly [number, unknown])[] = []
    for (let day = 0; day <= 31; day++) {
      await live(world)
      await used(world, agent)
      for (const { kind, details } of (await world.toldTo(owner)).slice(0, -told.length || undefined))
        told.push([day, said(kind, details)])
      world.clock.advance(DAY)
    }
    assert.deepEqual(told, [
      [16, "mandate-ending warned 14"],
      [23, "mandate-ending warned 7"],
      [29, "mandate-ending warned 1"],
      [30, "mandate-over suspended"],
    ])
    assert.equal((await world.found(agent))?.state, "suspended")
    const [suspended] = await world.events("agent.suspended")
    assert.deepEqual(
      [suspended?.["actor"], suspended?.["data"]],
      [
        { kind: "system", id: "expiry" },
        { reason: "its mandate ended on 2026-12-01", cause: "expiry" },
      ],
    )
  })

  it("warns as the organisation settled, and whoever looks after all where the owner is gone", async () => {
    await using world = await openTellingWorld()
    const [gone, security] = [await world.person("member", { active: false }), await world.person("security")]
    await active(world, gone, 10)
    await world.transact(async ({ organisation }) =>
      organisation.putSettings({ ...(await organisation.settings()), warnDays: [3] }),
    )
    await live(world)
    assert.deepEqual(await world.events("agent.warned"), [])
    world.clock.advance(8 * DAY)
    await live(world)
    assert.equal((await world.events("agent.warned")).length, 1)
    assert.deepEqual(await kinds(world, security), ["mandate-ending"])
  })

  it("warns of what lies ahead alone: nobody hears at once of an end that they have just agreed to", async () => {
    await using world = await openTellingWorld()
    await active(world, await world.person("member"), 5)
    await live(world)
    assert.deepEqual(await world.events("agent.warned"), [])
  })

  it("is not over where it was renewed, and its warnings are not told any more", async () => {
    await using world = await openTellingWorld()
    const owner = await world.person("administrator")
    const agent = await active(world, owner, 30)
    world.clock.advance(29.5 * DAY)
    await used(world, agent)
    await sweepAges(world, undefined)
    const expiresAt = new Date(world.clock.now().getTime() + 100 * DAY)
    await renewMandate(world, owner, { agent: agent.id, expiresAt })
    await world.tell()
    assert.deepEqual(await kinds(world, owner), [])
    world.clock.advance(DAY)
    await live(world)
    assert.equal((await world.found(agent))?.state, "active")
  })

  it("suspends each agent once, of however many, in portions", async () => {
    await using world = await openControlWorld()
    const owner = await world.person("member")
    for (let n = 0; n < 45; n++) await active(world, owner, 1)
    world.clock.advance(2 * DAY)
    let suspended = 0
    for (let many = await suspendExpired(world); many > 0; many = await suspendExpired(world))
      suspended += many
    assert.equal(suspended, 45)
    assert.equal((await world.events("agent.suspended")).length, 45)
  })
})

describe("an agent that nobody uses", () => {
  it("is spoken of before ninety days are over, and suspended then", async () => {
    await using world = await openTellingWorld()
    const owner = await world.person("member")
    const [idle, busy] = [await active(world, owner, YEAR), await active(world, owner, YEAR)]
    const told: string[] = []
    for (let day = 0; day <= 91; day++) {
      await used(world, busy)
      await live(world)
      for (const one of (await world.toldTo(owner)).slice(0, -told.length || undefined))
        told.push(`${day} ${said(one.kind, one.details)}`)
      world.clock.advance(DAY)
    }
    assert.deepEqual(told, [
      "76 agent-idle warned 14",
      "83 agent-idle warned 7",
      "89 agent-idle warned 1",
      "90 agent-idle suspended",
    ])
    assert.equal((await world.found(idle))?.state, "suspended")
    assert.equal((await world.found(busy))?.state, "active")
  })

  it("stays active where it is used on the last day", async () => {
    await using world = await openControlWorld()
    const agent = await active(world, await world.person("member"), YEAR)
    world.clock.advance(89.5 * DAY)
    await sweepAges(world, undefined)
    await used(world, agent)
    world.clock.advance(DAY)
    await sweepAges(world, undefined)
    assert.equal((await world.found(agent))?.state, "active")
  })

  it("is warned of first, a day before, where nothing ran here in time", async () => {
    await using world = await openControlWorld()
    const agent = await active(world, await world.person("member"), YEAR)
    world.clock.advance(200 * DAY)
    await sweepAges(world, undefined)
    assert.equal((await world.found(agent))?.state, "active")
    world.clock.advance(DAY)
    await sweepAges(world, undefined)
    assert.equal((await world.found(agent))?.state, "suspended")
  })

  it("is found page by page, and whoever is off already is left alone", async () => {
    await using world = await openControlWorld()
    const owner = await world.person("member")
    for (let n = 0; n < 55; n++) await active(world, owner, YEAR)
    const off = await active(world, owner, YEAR, "quarantined")
    world.clock.advance(80 * DAY)
    const behind = await sweepAges(world, undefined)
    assert.ok(behind)
    assert.equal(await sweepAges(world, behind), undefined)
    const warned = (await world.events("agent.warned")).map(({ agent }) => agent)
    assert.equal(new Set(warned).size, 55)
    assert.ok(!warned.includes(off.id))
  })
})

function said(kind: string, details: JsonObject): string {
  const { how, days } = details
  return [kind, how, days].flatMap((word) => (typeof word === "object" ? [] : (word ?? []))).join(" ")
}

async function live(world: TellingWorld): Promise<void> {
  await sweepAges(world, undefined)
  while ((await suspendExpired(world)) > 0);
  await world.tell()
}

async function kinds(world: TellingWorld, person: User): Promise<readonly string[]> {
  return (await world.toldTo(person)).map(({ kind }) => kind)
}

async function used(world: ControlWorld, { id }: Agent): Promise<void> {
  await world.transact(({ outbox }) =>
    recordEvent(world, outbox, {
      type: "token.issued",
      actor: { kind: "agent", id },
      agent: id,
      resource: "https://tabard.example/mcp",
    }),
  )
}

async function active(
  world: ControlWorld,
  owner: User,
  days: number,
  state: Agent["state"] = "active",
): Promise<Agent> {
  const expiresAt = new Date(world.clock.now().getTime() + days * DAY)
  const mandate: Mandate = mandateOf(owner, world.clock, { expiresAt })
  return world.agent({ state, owner: owner.id, mandate })
}
