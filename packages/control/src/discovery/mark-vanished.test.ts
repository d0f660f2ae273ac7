import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import type { ScanReport } from "@tabard/scan"
import { type ControlWorld, DAY, openControlWorld } from "../testing/control-world.ts"
import { nothingSeen, scanReport, seenAgent } from "../testing/scan-report.ts"
import { recordScan } from "./record-scan.ts"

describe("what a scan no longer sees", () => {
  it("is marked with its time, told once, and stays in the inventory", async () => {
    await using world = await openControlWorld()
    const agent = await found(world)
    await nextDay(world, nothingSeen())
    await nextDay(world, nothingSeen())
    const gone = await vanished(world, agent)
    assert.equal(gone?.getTime(), world.clock.now().getTime() - DAY)
    assert.deepEqual(await told(world), ["agent.vanished", "credential.vanished"])
    assert.equal((await world.found({ id: agent }))?.state, "discovered")
    const lying = await world.snapshot(({ observations }) => observations.countPlaintextCredentials())
    assert.equal(lying, 0)
  })

  it("is there again when it is seen again, and that is told", async () => {
    await using world = await openControlWorld()
    const agent = await found(world)
    await nextDay(world, nothingSeen())
    await nextDay(world, scanReport())
    assert.equal(await vanished(world, agent), undefined)
    assert.deepEqual((await told(world)).slice(2), ["credential.reappeared", "agent.reappeared"])
  })

  it("is not taken for gone by a scan of another root, nor by another reporter", async () => {
    await using world = await openControlWorld()
    const agent = await found(world)
    await nextDay(world, nothingSeen({ roots: ["/srv"] }))
    world.clock.advance(DAY)
    await recordScan(world, "desktop", nothingSeen())
    assert.equal(await vanished(world, agent), undefined)
    assert.deepEqual(await told(world), [])
  })

  it("is not taken for gone where its file could not be read", async () => {
    await using world = await openControlWorld()
    const agent = await found(world)
    await nextDay(world, nothingSeen({ unreadable: [{ path: "/home/ann/.cursor", reason: "EACCES" }] }))
    assert.equal(await vanished(world, agent), undefined)
  })

  it("is not taken for gone by a scan that ended half-way", async () => {
    await using world = await openControlWorld()
    const agent = await found(world)
    world.clock.advance(DAY)
    const failing: ControlWorld["transact"] = (work) =>
      world.transact(async (tx) => {
        const result = await work(tx)
        const seen = await tx.observations.lastSeen([agent])
        if (seen.get(agent)?.getTime() === world.clock.now().getTime()) throw new Error("the power went")
        return result
      })
    const both = scanReport({ agents: [seenAgent("agent-1"), seenAgent("agent-2")] })
    await assert.rejects(recordScan({ ...world, transact: failing }, "laptop", both), /the power went/)
    assert.equal(await vanished(world, agent), undefined)
    assert.equal(
      (await world.snapshot(({ observations }) => observations.listScans({ limit: 10 }))).length,
      1,
    )
  })

  it("is not taken for gone by a report that was overtaken on its way", async () => {
    await using world = await openControlWorld()
    const agent = await found(world)
    await nextDay(world, nothingSeen({ finishedAt: "2026-10-31T12:00:00.000Z" }))
    assert.equal(await vanished(world, agent), undefined)
  })

  it("is still there where another reporter of the same machine sees it, whose word then counts alone", async () => {
    await using world = await openControlWorld()
    const { discovered } = await recordScan(world, { name: "laptop", machine: "m1" }, scanReport())
    const [agent = assert.fail()] = discovered
    const lean = scanReport({ agents: [{ ...seenAgent("agent-1"), mcpServers: [] }] })
    await recordScan(world, { name: "second", machine: "m1" }, lean)
    assert.equal((await serversOf(world, agent)).length, 1)
    world.clock.advance(DAY)
    await recordScan(world, { name: "laptop", machine: "m1" }, nothingSeen())
    assert.equal(await vanished(world, agent), undefined)
    assert.deepEqual(await serversOf(world, agent), [])
    assert.deepEqual(await told(world), [])
  })

  it("is found by whether it vanished", async () => {
    await using world = await openControlWorld()
    const agent = await found(world)
    const listed = (gone: boolean) =>
      world.snapshot(({ agents }) =>
        agents.list({ limit: 10, vanished: gone }).then((all) => all.map(({ id }) => id)),
      )
    assert.deepEqual([await listed(true), await listed(false)], [[], [agent]])
    await nextDay(world, nothingSeen())
    assert.deepEqual([await listed(true), await listed(false)], [[agent], []])
  })
})

async function found(world: ControlWorld): Promise<Id<"agent">> {
  const { discovered } = await recordScan(world, "laptop", scanReport())
  return discovered[0] ?? assert.fail()
}

async function nextDay(world: ControlWorld, report: ScanReport): Promise<void> {
  world.clock.advance(DAY)
  await recordScan(world, "laptop", report)
}

async function vanished({ snapshot }: ControlWorld, agent: string): Promise<Date | undefined> {
  return (await snapshot(({ observations }) => observations.vanished([agent]))).get(agent)
}

async function serversOf({ snapshot }: ControlWorld, agent: Id<"agent">): Promise<readonly string[]> {
  return (await snapshot(({ observations }) => observations.linksOf([agent]))).get(agent)?.servers ?? []
}

async function told(world: ControlWorld): Promise<readonly unknown[]> {
  const types = ["agent", "credential"].flatMap((kind) => [`${kind}.vanished`, `${kind}.reappeared`])
  return (await world.events(...types)).map(({ type }) => type)
}
