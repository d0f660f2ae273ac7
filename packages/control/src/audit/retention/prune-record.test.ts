import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId } from "@tabard/core"
import {
  hashLeaf,
  proveConsistency,
  proveInclusion,
  readEntry,
  type TileStore,
  type TreeHead,
  tileHashReader,
  verifyConsistency,
  verifyInclusion,
  verifyLog,
} from "@tabard/log"
import { sha256, verifySignature } from "@tabard/log/node"
import { NOTIFICATION_LEASE } from "../../notifications/notification-store.ts"
import { DAY } from "../../testing/control-world.ts"
import { LeaseLost } from "../log/write-log.ts"
import { RETENTION_LEASE } from "./prune-deps.ts"
import { pruneRecord } from "./prune-record.ts"
import { putRetention } from "./put-retention.ts"
import { agedLog, SIGNER, STEPS } from "./testing/aged-log.ts"

describe("pruning the record", () => {
  it("takes nothing without a written retention, and nothing under one that keeps all", async () => {
    await using log = await agedLog(1_000)
    assert.equal(await log.prune(), 0)
    await putRetention(log.world, await log.world.person("administrator"), { months: null, reason: "all" })
    assert.equal(await log.prune(), 0)
    assert.equal(await log.tiles.readMinimumIndex(), 0)
    assert.equal((await log.world.events("log.pruned")).length, 0)
  })

  it("takes nothing for three days after it was settled, so that others can take it back", async () => {
    await using log = await agedLog(1_000)
    await log.settle(6)
    log.world.clock.advance(-1)
    assert.equal(await log.prune(), 0)
    await putRetention(log.world, await log.world.person("administrator"), { months: null, reason: "no" })
    log.world.clock.advance(400 * DAY)
    assert.equal(await log.prune(), 0)
    assert.equal(await log.tiles.readMinimumIndex(), 0)
  })

  it("takes nothing while what is published is not what was recorded, also of what was to go", async () => {
    await using log = await agedLog(1_000)
    await log.settle(6)
    await assert.rejects(log.prune("before the index is written"), /the power went/)
    const since = log.world.clock.now()
    await log.world.transact(({ logFaults }) => logFaults.tell({ kind: "tampered", since }))
    assert.equal(await log.prune(), 0)
    assert.ok(await log.tiles.read("tile/0/000"))
    await log.world.transact(({ logFaults }) => logFaults.clear())
    assert.equal(await log.prune(), 768)
  })

  it("takes whole bundles whose every entry is older, with their tiles, rows and values", async () => {
    await using log = await agedLog(1_000)
    await log.settle(12)
    const before = await log.paths()
    assert.equal(await log.prune(), 768)
    assert.equal(await log.tiles.readMinimumIndex(), 768)
    const gone = before
      .filter((path) => !log.left().includes(path))
      .map((path) => path.replace(/\.p\/.*/, ""))
    assert.deepEqual(
      [...new Set(gone)].toSorted(),
      ["entries", "0"]
        .flatMap((level) => ["000", "001", "002"].map((index) => `tile/${level}/${index}`))
        .toSorted(),
    )
    const rows = await log.world.snapshot(({ outbox }) => outbox.range(0, 2_000))
    assert.equal(rows[0]?.index, 768)
    assert.equal(await log.prune(), 0)
  })

  it("records from where to where, with the checkpoint that the log had then", async () => {
    await using log = await agedLog(600)
    const note = await log.tiles.readCheckpoint()
    await log.settle(6)
    await log.prune()
    const [event, ...more] = await log.world.events("log.pruned")
    assert.deepEqual(more, [])
    assert.deepEqual(event?.["actor"], { kind: "system", id: "retention" })
    assert.deepEqual(event?.["data"], {
      log: SIGNER.key.name,
      from: 0,
      to: 512,
      checkpoint: new TextDecoder().decode(note),
    })
  })

  it("leaves every proof of what remains true, those made before and those made after", async () => {
    await using log = await agedLog(70_000, 300)
    const size = log.head().size
    const places = [69_888, 69_999, 70_050, size - 1]
    const sizes = [69_888, 69_999, 70_001, size]
    const before = await proofs(log.tiles, { places, sizes, head: log.head() })
    await log.settle(6)
    while ((await log.prune()) > 0);
    assert.equal(await log.tiles.readMinimumIndex(), 69_888)
    assert.equal(await log.tiles.read("tile/1/000"), undefined)
    assert.deepEqual(await proofs(log.tiles, { places, sizes, head: log.head() }), before)
    const verified = await verifyLog({ tiles: log.tiles, sha256, verifySignature }, { key: SIGNER.key })
    assert.ok(verified.ok, JSON.stringify(verified))
    assert.equal(verified.unread, 69_888)
    await log.grow(600)
    const grown = await verifyLog({ tiles: log.tiles, sha256, verifySignature }, { key: SIGNER.key })
    assert.ok(grown.ok && grown.size > size, JSON.stringify(grown))
  })

  it("stops before the first entry that is younger, wherever older ones stand behind it", async () => {
    await using log = await agedLog(0)
    await log.grow(300)
    log.world.clock.advance(200 * DAY)
    await log.grow(10)
    log.world.clock.advance(-200 * DAY)
    await log.grow(700)
    log.world.clock.advance(200 * DAY)
    await log.settle(6)
    assert.equal(await log.prune(), 256)
  })

  it("never takes what the slowest sink has not carried, and goes on once it was removed", async () => {
    await using log = await agedLog(1_000)
    await log.settle(6)
    const [slow, fast] = [newId("sink", log.world.clock), newId("sink", log.world.clock)]
    await log.world.transact(async ({ sinkProgress }) => {
      await sinkProgress.begin(slow, 515)
      await sinkProgress.begin(fast, 1_010)
    })
    assert.equal(await log.prune(), 512)
    log.world.clock.advance(2 * DAY)
    assert.equal(await log.prune(), 0)
    await log.world.transact(({ sinkProgress }) => sinkProgress.forget(slow))
    assert.equal(await log.prune(), 256)
  })

  it("never takes what people were not told of yet", async () => {
    await using log = await agedLog(1_000)
    await log.settle(6)
    await log.world.transact(async ({ notifications, leases }) => {
      const fence = await leases.acquire(NOTIFICATION_LEASE, "n", 1000, log.world.clock.now())
      await notifications.movePlace(undefined, 300, fence ?? 0)
    })
    assert.equal(await log.prune(), 256)
  })

  it("raises the index once a day, and sooner where a newer retention holds", async () => {
    await using log = await agedLog(300)
    await log.settle(12)
    await log.prune()
    await log.grow(600)
    log.world.clock.advance(370 * DAY)
    assert.equal(await log.prune(), 512)
    await log.grow(600)
    log.world.clock.advance(DAY / 2)
    await log.settle(1)
    log.world.clock.advance(40 * DAY)
    assert.ok((await log.prune()) > 0)
    await log.grow(600)
    assert.equal(await log.prune(), 0)
  })

  for (const step of STEPS) {
    it(`goes on where it was when it was killed ${step}`, async () => {
      await using log = await agedLog(1_000)
      await log.settle(6)
      await assert.rejects(log.prune(step), /the power went/)
      assert.equal((await log.world.events("log.pruned")).length, 1)
      const again = await log.prune()
      assert.equal(again, step === "after rows went" ? 0 : 768)
      assert.equal((await log.world.events("log.pruned")).length, 1)
      assert.equal(await log.tiles.readMinimumIndex(), 768)
      assert.ok(!log.left().some((path) => /\/00[012](\.p|$)/.test(path) && !path.startsWith("tile/1")))
      const rows = await log.world.snapshot(({ outbox }) => outbox.range(0, 2_000))
      assert.equal(rows[0]?.index, 768)
    })
  }

  it("is refused under the fencing number of a lease that another holds now", async () => {
    await using log = await agedLog(600)
    await log.settle(6)
    const { transact, clock } = log.world
    const stale = await transact(({ leases }) => leases.acquire(RETENTION_LEASE, "first", 1000, clock.now()))
    clock.advance(2000)
    await transact(({ leases }) => leases.acquire(RETENTION_LEASE, "second", 1000, clock.now()))
    await assert.rejects(pruneRecord({ ...log.deps(), fence: stale ?? 0 }), LeaseLost)
    assert.equal(await log.tiles.readMinimumIndex(), 0)
  })
})

interface Asked {
  readonly places: readonly number[]
  readonly sizes: readonly number[]
  readonly head: TreeHead
}

/** Proofs of entries and of growth, each of which verifies. */
async function proofs(tiles: TileStore, { places, sizes, head }: Asked): Promise<readonly string[]> {
  const deps = { sha256, read: tileHashReader({ tiles, sha256 }, head.size) }
  const made: string[] = []
  for (const index of places) {
    const proof = await proveInclusion(deps, index, head.size)
    const leaf = hashLeaf(sha256, await readEntry(tiles, index, head.size))
    assert.ok(verifyInclusion(sha256, { index, leaf, head }, proof))
    made.push(Buffer.concat(proof).toString("hex"))
  }
  for (const size of sizes) {
    const proof = await proveConsistency(deps, size, head.size)
    made.push(Buffer.concat(proof).toString("hex"))
    if (size === head.size) assert.ok(verifyConsistency(sha256, { from: head, to: head }, proof))
  }
  return made
}
