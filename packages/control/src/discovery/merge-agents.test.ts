import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Agent, type AgentState, effectiveFacts, type Id } from "@tabard/core"
import { describeAgent } from "../registry/describe-agent.ts"
import {
  type ControlWorld,
  DAY,
  mandateOf,
  openControlWorld,
  twentyAtOnce,
} from "../testing/control-world.ts"
import { scanReport, seenAgent } from "../testing/scan-report.ts"
import { mergeAgents } from "./merge-agents.ts"
import { recordScan } from "./record-scan.ts"
import { splitAgent } from "./split-agent.ts"

const TWO = scanReport({
  agents: [
    seenAgent("agent-1"),
    seenAgent("agent-2", { name: "Cursor too", mcpServers: [], credentials: [] }),
  ],
})

describe("two agents that are one", () => {
  it("are one at every later scan: sightings, links and facts follow, and the other id is an alias", async () => {
    await using world = await openControlWorld()
    const { admin, first, second } = await twoAgents(world)
    await mergeAgents(world, admin, { agent: second, other: first, reason: "the same program" })
    await nextDay(world)
    const listed = await world.snapshot(({ agents }) => agents.list({ limit: 10 }))
    assert.deepEqual(
      listed.map(({ id }) => id),
      [second],
    )
    assert.deepEqual(await sightingsOf(world, second), ["agent-1", "agent-2"])
    assert.deepEqual(await sightingsOf(world, first), [])
    const links = await world.snapshot(({ observations }) => observations.linksOf([second]))
    assert.equal(links.get(second)?.credentials.length, 1)
    const aliases = await world.snapshot(({ agents }) => agents.mergedInto([first, second]))
    assert.deepEqual(aliases, new Map([[first, second]]))
    assert.equal((await world.events("agent.discovered")).length, 2)
  })

  it("state one name, that of the first sighting, and the same scan again rewrites none of it", async () => {
    await using world = await openControlWorld()
    const { admin, first, second } = await twoAgents(world)
    await mergeAgents(world, admin, { agent: first, other: second, reason: "the same" })
    const before = await world.snapshot(({ facts }) => facts.of([first, second]))
    await nextDay(world)
    const after = await world.snapshot(({ facts }) => facts.of([first, second]))
    assert.deepEqual(after, before)
    assert.equal(effectiveFacts(after).get("name")?.value, "Cursor")
  })

  it("act as freely as the freest of their sightings, whichever is merged into which", async () => {
    const free = {
      level: "unrestricted",
      effective: [{ setting: "ask", value: "never", source: "/a" }],
    } as const
    const agents = [seenAgent("agent-1"), seenAgent("agent-2", { autonomy: free })]
    await using world = await openControlWorld()
    const { admin, first, second } = await twoAgents(world, scanReport({ agents }))
    await mergeAgents(world, admin, { agent: first, other: second, reason: "the same" })
    const facts = async () => effectiveFacts(await world.snapshot((tx) => tx.facts.of([first])))
    const before = await facts()
    assert.equal(before.get("autonomy")?.value, "unrestricted")
    assert.deepEqual(before.get("autonomySettings")?.value, free.effective)
    assert.equal(before.get("name")?.value, "Cursor")

    const gone = { agents: agents.slice(0, 1), finishedAt: "2099-01-01T00:00:00.000Z" }
    await nextDay(world, scanReport(gone))
    assert.equal((await facts()).get("autonomy")?.value, "partial")
  })

  it("act as freely as the freest sighting of any reporter, also where another looks later", async () => {
    await using world = await openControlWorld()
    const free = { level: "unrestricted", effective: [] } as const
    const { admin, first } = await twoAgents(world)
    const theirs = scanReport({ agents: [seenAgent("agent-3", { autonomy: free })] })
    const { discovered } = await recordScan(world, "server", theirs)
    const [other = assert.fail()] = discovered
    await mergeAgents(world, admin, { agent: first, other, reason: "the same" })
    const level = async () =>
      effectiveFacts(await world.snapshot((tx) => tx.facts.of([first]))).get("autonomy")?.value
    assert.equal(await level(), "unrestricted")
    const renamed = [seenAgent("agent-1", { name: "Cursor again" }), ...TWO.agents.slice(1)]
    await nextDay(world, { ...TWO, agents: renamed })
    assert.equal(await level(), "unrestricted")
  })

  it("state what the one that is left says once the first is gone", async () => {
    await using world = await openControlWorld()
    const { admin, first, second } = await twoAgents(world)
    await mergeAgents(world, admin, { agent: first, other: second, reason: "the same" })
    await nextDay(world, { ...TWO, agents: TWO.agents.slice(1), finishedAt: "2099-01-01T00:00:00.000Z" })
    const facts = effectiveFacts(await world.snapshot((tx) => tx.facts.of([first])))
    assert.equal(facts.get("name")?.value, "Cursor too")
    assert.deepEqual(await world.events("agent.vanished"), [])
  })

  it("state what the first says again once it is back, and are told as back once", async () => {
    await using world = await openControlWorld()
    const { admin, first, second } = await twoAgents(world)
    await mergeAgents(world, admin, { agent: first, other: second, reason: "the same" })
    const later = { finishedAt: "2099-01-01T00:00:00.000Z" }
    const name = async () =>
      effectiveFacts(await world.snapshot((tx) => tx.facts.of([first]))).get("name")?.value
    const credentials = async () =>
      (await world.snapshot(({ observations }) => observations.linksOf([first]))).get(first)?.credentials
        .length
    await nextDay(world, { ...TWO, ...later, agents: TWO.agents.slice(1) })
    assert.deepEqual([await name(), await credentials()], ["Cursor too", 0])
    await nextDay(world, { ...TWO, ...later })
    assert.deepEqual([await name(), await credentials()], ["Cursor", 1])
    assert.deepEqual(await world.events("agent.reappeared"), [])
    await nextDay(world, { ...TWO, ...later, agents: [] })
    await nextDay(world, { ...TWO, ...later })
    assert.equal((await world.events("agent.vanished")).length, 1)
    assert.equal((await world.events("agent.reappeared")).length, 1)
  })

  it("keep what people said of the other, where nobody said anything of the first", async () => {
    await using world = await openControlWorld()
    const { admin, first, second } = await twoAgents(world)
    const say = (subject: string, name: string, value: string) =>
      world.transact(({ facts }) =>
        facts.put({ subject, name, kind: "declared", source: admin.id, value, at: world.clock.now() }),
      )
    await say(first, "purpose", "ours")
    await say(second, "purpose", "theirs")
    await say(second, "notes", "kept")
    await mergeAgents(world, admin, { agent: first, other: second, reason: "the same" })
    const facts = effectiveFacts(await world.snapshot((tx) => tx.facts.of([first])))
    assert.deepEqual([facts.get("purpose")?.value, facts.get("notes")?.value], ["ours", "kept"])
  })

  it("act where is said of the one that was adopted, whatever was said of the other", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const adopted = await world.agent({
      state: "active",
      owner: admin.id,
      mandate: mandateOf(admin, world.clock),
    })
    const other = await world.agent()
    await describeAgent(world, admin, { agent: other.id, change: { environment: "test" } })
    await mergeAgents(world, admin, { agent: adopted.id, other: other.id, reason: "the same" })
    const facts = effectiveFacts(await world.snapshot((tx) => tx.facts.of([adopted.id])))
    assert.equal(facts.get("environment"), undefined)
  })

  it("are merged once, however often it is said, and told once with its reason", async () => {
    await using world = await openControlWorld()
    const { admin, first, second } = await twoAgents(world)
    const said = await twentyAtOnce(() =>
      mergeAgents(world, admin, { agent: first, other: second, reason: "the same" }).then(({ id }) => id),
    )
    assert.deepEqual(new Set(said), new Set([first]))
    const told = await world.events("agent.merged")
    assert.deepEqual(
      told.map(({ data }) => data),
      [{ merged: second, reason: "the same", sightings: 1 }],
    )
  })

  it("take their aliases along when they are merged again", async () => {
    await using world = await openControlWorld()
    const { admin, first, second } = await twoAgents(world)
    const third = await world.agent()
    await mergeAgents(world, admin, { agent: second, other: first, reason: "a" })
    await mergeAgents(world, admin, { agent: third.id, other: second, reason: "b" })
    const aliases = await world.snapshot(({ agents }) => agents.aliasesOf([third.id]))
    assert.deepEqual(aliases.get(third.id), [first, second].toSorted())
    const back = await splitAgent(world, admin, {
      agent: third.id,
      reporter: "laptop",
      key: "agent-1",
      reason: "c",
    })
    assert.equal(back.id, first)
  })

  it("are refused where the one that would go was adopted, or the one that would stay is over", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const mandate = mandateOf(admin, world.clock)
    const agentIn = (state: AgentState): Promise<Agent> => world.agent({ state, owner: admin.id, mandate })
    const merge = (agent: Agent, other: Agent) =>
      mergeAgents(world, admin, { agent: agent.id, other: other.id, reason: "x" })
    for (const state of ["active", "suspended", "quarantined", "retiring", "retired"] as const) {
      const adopted = await agentIn(state)
      await assert.rejects(merge(await world.agent(), adopted), { code: "agent_state_conflict" })
      assert.deepEqual(await world.found(adopted), adopted)
    }
    for (const state of ["dismissed", "retiring", "retired"] as const)
      await assert.rejects(merge(await agentIn(state), await world.agent()), { code: "agent_state_conflict" })
    const one = await world.agent()
    await assert.rejects(merge(one, one), { code: "agent_state_conflict" })
  })

  it("are refused to whoever does not look after all agents", async () => {
    await using world = await openControlWorld()
    const { first, second } = await twoAgents(world)
    const merge = { agent: first, other: second, reason: "x" }
    for (const role of ["member", "auditor"] as const)
      await assert.rejects(mergeAgents(world, await world.person(role), merge), { code: "not_allowed" })
    await mergeAgents(world, await world.person("security"), merge)
  })

  it("leave an alias that nobody can move, take over or reopen", async () => {
    await using world = await openControlWorld()
    const { admin, first, second } = await twoAgents(world)
    await mergeAgents(world, admin, { agent: first, other: second, reason: "the same" })
    const mandate = mandateOf(admin, world.clock)
    const moves = await world.transact(async ({ agents }) => [
      await agents.move(second, ["dismissed"], "discovered"),
      await agents.reopen(second),
      await agents.take(second, admin.id, mandate),
      await agents.assign(second, admin.id, mandate),
    ])
    assert.deepEqual(moves, [false, false, false, false])
  })
})

describe("a sighting that is another agent", () => {
  it("is one under its former id, discovered, and stays so at every later scan", async () => {
    await using world = await openControlWorld()
    const { admin, first, second } = await twoAgents(world)
    await mergeAgents(world, admin, { agent: first, other: second, reason: "the same" })
    const split = { agent: first, reporter: "laptop", key: "agent-2", reason: "not the same" }
    const back = await splitAgent(world, admin, split)
    assert.deepEqual([back.id, back.state], [second, "discovered"])
    await nextDay(world)
    assert.deepEqual(await sightingsOf(world, first), ["agent-1"])
    assert.deepEqual(await sightingsOf(world, second), ["agent-2"])
    const facts = effectiveFacts(await world.snapshot((tx) => tx.facts.of([second])))
    assert.equal(facts.get("name")?.value, "Cursor too")
    assert.equal((await splitAgent(world, admin, split)).id, second)
    assert.equal((await world.events("agent.split")).length, 1)
  })

  it("is one under a new id where it never was another", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const source = { name: "laptop", machine: "m1" }
    const [agent = assert.fail()] = (await recordScan(world, source, scanReport())).discovered
    await recordScan(world, { name: "desktop", machine: "m1" }, scanReport())
    const own = await splitAgent(world, admin, {
      agent,
      reporter: "desktop",
      key: "agent-1",
      reason: "another",
    })
    assert.notEqual(own.id, agent)
    await recordScan(world, { name: "desktop", machine: "m1" }, scanReport())
    assert.deepEqual(await sightingsOf(world, own.id), ["agent-1"])
  })

  it("is refused where it is the only one, is none, or whoever asks may not", async () => {
    await using world = await openControlWorld()
    const { admin, first } = await twoAgents(world)
    const split = { agent: first, reporter: "laptop", key: "agent-1", reason: "x" }
    await assert.rejects(splitAgent(world, admin, split), { code: "agent_state_conflict" })
    await assert.rejects(splitAgent(world, admin, { ...split, key: "agent-2" }), {
      code: "sighting_not_found",
    })
    await assert.rejects(splitAgent(world, await world.person("member"), split), { code: "not_allowed" })
  })
})

async function twoAgents(world: ControlWorld, report = TWO) {
  const admin = await world.person("administrator")
  const { discovered } = await recordScan(world, "laptop", report)
  const [first, second] = discovered
  if (!first || !second) throw new Error("the scan saw two agents")
  return { admin, first, second }
}

async function nextDay(world: ControlWorld, report = TWO): Promise<void> {
  world.clock.advance(DAY)
  await recordScan(world, "laptop", report)
}

async function sightingsOf({ snapshot }: ControlWorld, agent: Id<"agent">): Promise<readonly string[]> {
  return (await snapshot(({ observations }) => observations.of([agent]))).map(({ key }) => key).toSorted()
}
