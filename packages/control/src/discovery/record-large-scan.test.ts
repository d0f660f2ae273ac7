import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { ScanReport } from "@tabard/scan"
import type { StoredEvent } from "../audit/event/event-store.ts"
import { adoptAgent } from "../lifecycle/adopt-agent.ts"
import { type ControlWorld, DAY, openControlWorld } from "../testing/control-world.ts"
import { scanReport, seenAgent, seenCredential, seenServer } from "../testing/scan-report.ts"
import { PORTION } from "./portions.ts"
import { recordScan } from "./record-scan.ts"

/** More than one unit of work holds, of every kind. */
const MANY = PORTION + 50

describe("a scan that is too large for one unit of work", () => {
  it("is brought in whole, and counts as finished only then", async () => {
    await using world = await openControlWorld()
    const { discovered } = await recordScan(world, "fleet", largeReport())
    assert.equal(discovered.length, MANY)
    const links = await world.snapshot(({ observations }) => observations.linksOf(discovered))
    for (const { servers, credentials } of links.values())
      assert.deepEqual([servers.length, credentials.length], [1, 1])
    assert.equal(
      (await world.snapshot(({ observations }) => observations.listScans({ limit: 10 }))).length,
      1,
    )
  })

  it("changes nothing when it is the same again: no fact is rewritten, and nothing told but that it finished", async () => {
    await using world = await openControlWorld()
    const { discovered } = await recordScan(world, "fleet", largeReport())
    const before = await kept(world, discovered)
    const [newest] = await latest(world)
    world.clock.advance(DAY)
    assert.deepEqual((await recordScan(world, "fleet", largeReport())).discovered, [])
    assert.deepEqual(await kept(world, discovered), before)
    const told = await latest(world)
    assert.deepEqual(
      told
        .slice(
          0,
          told.findIndex(({ id }) => id === newest?.id),
        )
        .map(({ type }) => type),
      ["scan.finished"],
    )
  })

  it("goes on where it was when it was stopped half-way", async () => {
    await using world = await openControlWorld()
    let units = 0
    const stopping: ControlWorld["transact"] = async (work) => {
      if (++units > 7) throw new Error("the power went")
      return world.transact(work)
    }
    await assert.rejects(
      recordScan({ ...world, transact: stopping }, "fleet", largeReport()),
      /the power went/,
    )
    assert.deepEqual(await world.snapshot(({ observations }) => observations.listScans({ limit: 10 })), [])
    const half = await world.snapshot(({ agents }) => agents.countByState())
    assert.ok((half.discovered ?? 0) > 0 && (half.discovered ?? 0) < MANY)

    const { discovered } = await recordScan(world, "fleet", largeReport())
    assert.equal(discovered.length, MANY - (half.discovered ?? 0))
    assert.deepEqual(await world.snapshot(({ agents }) => agents.countByState()), { discovered: MANY })
  })

  it("is known once where one reporter's scans are recorded at the same time", async () => {
    await using world = await openControlWorld()
    const found = await Promise.all([1, 2, 3].map(() => recordScan(world, "fleet", largeReport())))
    assert.equal(found.flatMap(({ discovered }) => discovered).length, MANY)
    assert.deepEqual(await world.snapshot(({ agents }) => agents.countByState()), { discovered: MANY })
    const vanished = await world.snapshot(({ agents }) => agents.list({ limit: 1000, vanished: true }))
    assert.deepEqual(vanished, [])
  })

  it("leaves what people do meanwhile: who adopts an agent while it is seen again, owns it", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const { discovered } = await recordScan(world, "fleet", largeReport())
    const chosen = discovered.filter((_, place) => place % 50 === 0)
    const expiresAt = new Date(world.clock.now().getTime() + DAY)
    const mandate = { purpose: "x", tier: "read-only", expiresAt, acceptOwnership: true } as const
    await Promise.all([
      recordScan(world, "fleet", { ...largeReport(), agents: agentsOf({ name: "Renamed" }) }),
      ...chosen.map((agent) => adoptAgent(world, admin, { ...mandate, agent, name: "Ours" })),
    ])
    for (const id of chosen) {
      const agent = await world.found({ id })
      assert.deepEqual([agent?.state, agent?.owner], ["active", admin.id])
    }
  })
})

describe("what a scan sees otherwise than before", () => {
  it("scores the agents that use it anew, also where nothing else of them changed", async () => {
    await using world = await openControlWorld()
    const [agent = assert.fail()] = (await recordScan(world, "laptop", scanReport())).discovered
    const score = async () =>
      (await world.snapshot(({ risks }) => risks.latest([agent]))).get(agent)?.score ?? 0
    const before = await score()
    world.clock.advance(DAY)
    const mighty = seenServer("server-1", { capabilities: ["read", "write", "delete", "execute", "egress"] })
    await recordScan(world, "laptop", scanReport({ mcpServers: [mighty] }))
    assert.ok((await score()) > before)
  })

  it("links an agent to a server that it named before any scan saw it", async () => {
    await using world = await openControlWorld()
    const { discovered } = await recordScan(world, "laptop", scanReport({ mcpServers: [] }))
    await recordScan(world, "laptop", scanReport())
    const links = await world.snapshot(({ observations }) => observations.linksOf(discovered))
    assert.deepEqual(
      [...links.values()].map(({ servers }) => servers.length),
      [1],
    )
  })

  it("is not stopped by a name that is too long for an event, or that no database takes", async () => {
    await using world = await openControlWorld()
    const name = `\u0000evil${"x".repeat(100_000)}`
    const report = scanReport({
      agents: [seenAgent("agent-1", { name })],
      mcpServers: [seenServer("server-1", { name })],
    })
    assert.equal((await recordScan(world, "laptop", report)).discovered.length, 1)
    const [server] = await world.snapshot(({ observations }) => observations.listServers({ limit: 1 }))
    assert.equal(server?.name, `evil${"x".repeat(196)}`)
  })

  it("is not stopped by half a character, whether a stranger wrote it or a long name was cut there", async () => {
    for (const name of ["\ud800 evil", `${"x".repeat(199)}😀`]) {
      await using world = await openControlWorld()
      const report = scanReport({
        agents: [seenAgent("agent-1", { name })],
        mcpServers: [seenServer("server-1", { name })],
      })
      assert.equal((await recordScan(world, "laptop", report)).discovered.length, 1)
    }
  })

  it("counts a thing that is named twice once, by its last word", async () => {
    await using world = await openControlWorld()
    const twice = [seenAgent("agent-1"), seenAgent("agent-1", { name: "Last word" })]
    const { discovered } = await recordScan(world, "laptop", scanReport({ agents: twice }))
    assert.equal(discovered.length, 1)
    const facts = await world.snapshot((tx) => tx.facts.of(discovered))
    assert.deepEqual(
      facts.filter(({ name }) => name === "name").map(({ value }) => value),
      ["Last word"],
    )
  })
})

function largeReport(): ScanReport {
  const numbers = Array.from({ length: MANY }, (_, n) => n)
  return scanReport({
    agents: agentsOf({}),
    mcpServers: numbers.map((n) => seenServer(`server-${n}`)),
    credentials: numbers.map((n) => seenCredential(`cred-${n}`)),
  })
}

function agentsOf(differences: Parameters<typeof seenAgent>[1]): ScanReport["agents"] {
  return Array.from({ length: MANY }, (_, n) =>
    seenAgent(`agent-${n}`, { mcpServers: [`server-${n}`], credentials: [`cred-${n}`], ...differences }),
  )
}

async function kept({ snapshot }: ControlWorld, ids: readonly `agt_${string}`[]): Promise<unknown> {
  return snapshot(async ({ agents, facts, observations, risks }) => ({
    agents: await agents.findAll(ids),
    facts: await facts.of(ids),
    links: [...(await observations.linksOf(ids))],
    risks: [...(await risks.latest(ids))],
    bodies: (await observations.of(ids)).map(({ key, body, digest, firstSeen, vanishedAt }) => ({
      key,
      body,
      digest,
      firstSeen,
      vanishedAt,
    })),
  }))
}

/** The newest events first. */
async function latest({ snapshot }: ControlWorld): Promise<readonly StoredEvent[]> {
  return snapshot(({ outbox }) => outbox.list({ limit: 1000 }))
}
