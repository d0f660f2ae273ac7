import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Finding } from "@tabard/core"
import { recordEvent } from "../audit/event/record-event.ts"
import { mergeAgents } from "../discovery/merge-agents.ts"
import { recordScan } from "../discovery/record-scan.ts"
import { adoptAgent } from "../lifecycle/adopt-agent.ts"
import { retireAgent } from "../lifecycle/retire-agent.ts"
import { signException } from "../lifecycle/retirement/settle-credential.ts"
import { dismissAgent } from "../lifecycle/stop-agent.ts"
import { putSettings } from "../registry/put-settings.ts"
import { type ControlWorld, DAY, HOUR, mandateOf, openControlWorld } from "../testing/control-world.ts"
import { agentOf, instanceOf } from "../tokens/testing/token-world.ts"
import { isSwept, SWEEP_START, sweepFindings } from "./sweep-findings.ts"
import { CREDENTIAL, plaintext, seenAgent, seenReport } from "./testing/seen-report.ts"

describe("sweeping the inventory", () => {
  it("finds what became true by time alone: a shadow agent on the day its grace period ends, once", async () => {
    await using world = await openControlWorld()
    await recordScan(world, "laptop", seenReport())
    world.clock.advance(14 * DAY - HOUR)
    await sweep(world)
    assert.deepEqual(await standing(world, "shadow-agent"), [])
    world.clock.advance(HOUR)
    await sweep(world)
    await sweep(world)
    assert.deepEqual(await standing(world, "shadow-agent"), ["open"])
    assert.equal((await opened(world, "shadow-agent")).length, 1)
  })

  it("goes by the grace period that the organisation settled", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    await recordScan(world, "laptop", seenReport())
    world.clock.advance(14 * DAY)
    await sweep(world)
    await putSettings(world, admin, { graceDays: 30 })
    await sweep(world)
    assert.deepEqual(await standing(world, "shadow-agent"), ["resolved"])
  })

  it("writes nothing where nothing changed, but once a day when things were last seen", async () => {
    await using world = await openControlWorld()
    await recordScan(world, "laptop", seenReport())
    const before = await findings(world, "no-owner")
    const told = (await world.events()).length
    let writes = 0
    const counting: ControlWorld["transact"] = (work) => {
      writes++
      return world.transact(work)
    }
    world.clock.advance(HOUR)
    await sweepFindings({ ...world, transact: counting }, SWEEP_START)
    assert.deepEqual([writes, await findings(world, "no-owner")], [0, before])
    world.clock.advance(2 * DAY)
    await sweepFindings({ ...world, transact: counting }, SWEEP_START)
    assert.deepEqual((await findings(world, "no-owner"))[0]?.lastSeenAt, world.clock.now())
    assert.deepEqual([writes, (await world.events()).length], [1, told])
  })

  it("comes to every agent, page by page, and begins again", async () => {
    await using world = await openControlWorld()
    for (let n = 0; n < 120; n++) await world.agent()
    let place = SWEEP_START
    const opened: number[] = []
    for (let round = 0; round < 3; round++) {
      place = await sweepFindings(world, place)
      opened.push((await findings(world, "no-owner")).length)
    }
    assert.deepEqual(opened, [50, 100, 120])
    assert.ok(isSwept(place))
    // The second time there are words to look at as well: two about each, as nobody said what they are for.
    for (const isOver of [false, false, false, false, true]) {
      place = await sweepFindings(world, place)
      assert.equal(isSwept(place), isOver)
    }
  })

  it("says which source was not read lately, and takes it back with its next scan", async () => {
    await using world = await openControlWorld()
    await recordScan(world, "laptop", seenReport())
    world.clock.advance(8 * DAY)
    await sweep(world)
    const [finding] = await findings(world, "source-not-read")
    assert.deepEqual([finding?.subject, finding?.standing.kind], ["laptop", "open"])
    const finishedAt = world.clock.now().toISOString()
    await recordScan(world, "laptop", seenReport({ finishedAt }))
    await sweep(world)
    assert.deepEqual(await standing(world, "source-not-read"), ["resolved"])
  })

  it("says of a credential that machines share what one machine cannot know, at one place", async () => {
    await using world = await openControlWorld()
    await recordScan(world, "rep_a", seenReport())
    assert.deepEqual(await standing(world, "shared-credential"), [])
    await recordScan(world, "rep_b", seenReport())
    await sweep(world)
    assert.deepEqual(await standing(world, "shared-credential"), ["open"])
  })

  it("says that a credential did not change for ninety days, from what was seen then and now", async () => {
    await using world = await openControlWorld()
    await recordScan(world, "laptop", seenReport())
    world.clock.advance(91 * DAY)
    await sweep(world)
    assert.deepEqual(await standing(world, "long-lived-credential"), [])
    await recordScan(world, "laptop", seenReport({ finishedAt: world.clock.now().toISOString() }))
    await sweep(world)
    assert.deepEqual(await standing(world, "long-lived-credential"), ["open"])
  })

  it("takes back what it said of a credential that no agent holds any more", async () => {
    await using world = await openControlWorld()
    await recordScan(world, "laptop", seenReport())
    world.clock.advance(91 * DAY)
    const finishedAt = world.clock.now().toISOString()
    await recordScan(world, "laptop", seenReport({ finishedAt }))
    await sweep(world)
    world.clock.advance(HOUR)
    const gone = seenReport({ agents: [seenAgent({ credentials: [] })], credentials: [] })
    await recordScan(world, "laptop", { ...gone, finishedAt: world.clock.now().toISOString() })
    await sweep(world)
    assert.deepEqual(await standing(world, "long-lived-credential"), ["resolved"])
  })
})

describe("what is known of a credential's use", () => {
  it("is that an enrolled key got no token for ninety days, until one is issued", async () => {
    await using world = await openControlWorld()
    const owner = await world.person("member")
    const agent = agentOf(owner, world.clock)
    await world.transact(async (tx) => {
      await tx.agents.insert(agent)
      await tx.instances.insert(instanceOf(agent, world.clock))
    })
    world.clock.advance(89 * DAY)
    await sweep(world)
    assert.deepEqual(await standing(world, "unused-credential"), [])
    world.clock.advance(DAY)
    await sweep(world)
    assert.deepEqual(await standing(world, "unused-credential"), ["open"])
    const actor = { kind: "agent", id: agent.id } as const
    await world.transact(({ outbox }) =>
      recordEvent(world, outbox, { type: "token.issued", actor, agent: agent.id }),
    )
    await sweep(world)
    assert.deepEqual(await standing(world, "unused-credential"), ["resolved"])
  })

  it("is that its only agent was retired ninety days ago and it still lies there, and nothing before", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const { discovered } = await recordScan(world, "laptop", seenReport())
    const [agent = assert.fail()] = discovered
    const expiresAt = new Date(world.clock.now().getTime() + 300 * DAY)
    const request = { agent, purpose: "Reads notes.", tier: "read-only", expiresAt } as const
    await adoptAgent(world, admin, { ...request, acceptOwnership: true })
    await sweep(world)
    await retireAgent(world, admin, { agent, reason: "done" })
    await signException(world, admin, { agent, reason: "its token is revoked at the provider" })
    for (const [days, expected] of [
      [89, []],
      [1, ["open"]],
    ] as const) {
      world.clock.advance(days * DAY)
      await recordScan(world, "laptop", seenReport({ finishedAt: world.clock.now().toISOString() }))
      await sweep(world)
      assert.deepEqual(await standing(world, "unused-credential"), expected)
    }
  })

  it("is that what was retired is still seen, until a scan sees it no more; nothing else of it is said again", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const { discovered } = await recordScan(world, "laptop", seenReport())
    const [agent = assert.fail()] = discovered
    const expiresAt = new Date(world.clock.now().getTime() + 300 * DAY)
    const request = { agent, purpose: "Reads notes.", tier: "read-only", expiresAt } as const
    await adoptAgent(world, admin, { ...request, acceptOwnership: true })
    await retireAgent(world, admin, { agent, reason: "done" })
    await signException(world, admin, { agent, reason: "its token is revoked at the provider" })
    await sweep(world)
    assert.deepEqual(await standing(world, "retired-still-there"), [])
    for (const [agents, expected] of [
      [[seenAgent()], "open"],
      [[], "resolved"],
    ] as const) {
      world.clock.advance(DAY)
      const finishedAt = world.clock.now().toISOString()
      await recordScan(world, "laptop", seenReport({ agents, finishedAt }))
      await sweep(world)
      assert.deepEqual(await standing(world, "retired-still-there"), [expected])
      const loud = (await findings(world)).filter(({ standing: { kind } }) => kind !== "resolved")
      assert.ok(loud.every(({ subject, rule }) => subject !== agent || rule === "retired-still-there"))
    }
  })

  it("tells a workflow that its platform vouches for from one with static keys alone", async () => {
    await using world = await openControlWorld()
    const settings = (...names: readonly string[]) =>
      names.map((setting) => ({ setting, value: "identity token", source: "/repo/.github/workflows/a.yml" }))
    const agents = [
      seenAgent({
        category: "production",
        autonomy: { level: "partial", effective: settings("ci.federation") },
      }),
      seenAgent({ key: "agent-2", category: "production" }),
    ]
    const { discovered } = await recordScan(world, "laptop", seenReport({ agents }))
    const [, unfederated = assert.fail()] = discovered
    const found = await findings(world, "production-without-federation")
    assert.deepEqual(
      found.map(({ subject }) => subject),
      [unfederated],
    )
  })
})

describe("findings about an agent", () => {
  it("follow what people do about it, in the same transaction", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const { discovered } = await recordScan(world, "laptop", seenReport())
    const [agent = assert.fail()] = discovered
    const expiresAt = new Date(world.clock.now().getTime() + 10 * DAY)
    const request = { agent, purpose: "Reads notes.", tier: "read-only", expiresAt } as const
    await adoptAgent(world, admin, { ...request, acceptOwnership: true })
    assert.deepEqual(await standing(world, "no-owner"), ["resolved"])
    assert.deepEqual(await standing(world, "mandate-ending"), ["open"])
  })

  it("are resolved by its dismissal", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const { discovered } = await recordScan(world, "laptop", seenReport())
    const [agent = assert.fail()] = discovered
    await dismissAgent(world, admin, { agent, reason: "not an agent" })
    assert.deepEqual(await standing(world, "no-owner"), ["resolved"])
  })

  it("tell that its owner was switched off in the directory, at the next sweep", async () => {
    await using world = await openControlWorld()
    const owner = await world.person("member")
    await world.agent({ state: "active", owner: owner.id, mandate: mandateOf(owner, world.clock) })
    await sweep(world)
    assert.deepEqual(await standing(world, "owner-left"), [])
    await world.transact(({ users }) => users.setActive(owner.id, false))
    await sweep(world)
    assert.deepEqual(await standing(world, "owner-left"), ["open"])
  })

  it("follow it into another that it turned out to be, with their ids, and what both had is one", async () => {
    await using world = await openControlWorld()
    const agents = [seenAgent(), seenAgent({ key: "agent-2" })]
    const free = (subject: string) => plaintext({ rule: "unrestricted-autonomy", subject })
    const report = seenReport({ agents, credentials: [CREDENTIAL], findings: [free("agent-2")] })
    const { discovered } = await recordScan(world, "laptop", report)
    const [to = assert.fail(), from = assert.fail()] = discovered
    const [moved] = await findings(world, "unrestricted-autonomy")
    const admin = await world.person("administrator")
    await mergeAgents(world, admin, { agent: to, other: from, reason: "one laptop" })
    const [now] = await findings(world, "unrestricted-autonomy")
    assert.deepEqual([now?.id, now?.subject, now?.standing.kind], [moved?.id, to, "open"])
  })
})

async function sweep(world: ControlWorld): Promise<void> {
  await sweepFindings(world, SWEEP_START)
}

async function findings(world: ControlWorld, rule?: string): Promise<readonly Finding[]> {
  const which = rule === undefined ? {} : { rule }
  return world.snapshot((tx) => tx.findings.list({ now: world.clock.now(), ...which, limit: 1_000 }))
}

async function standing(world: ControlWorld, rule: string): Promise<readonly string[]> {
  return (await findings(world, rule)).map((finding) => finding.standing.kind)
}

async function opened(world: ControlWorld, rule: string): ReturnType<ControlWorld["events"]> {
  const events = await world.events("finding.opened")
  return events.filter(({ data }) => JSON.stringify(data).includes(`"${rule}"`))
}
