import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId } from "@tabard/core"
import {
  hashLeaf,
  memoryTileStore,
  parseBundle,
  parseCheckpoint,
  parseNote,
  proveConsistency,
  proveInclusion,
  type TileStore,
  type TreeHead,
  tileHashReader,
  tilePath,
  verifyConsistency,
  verifyInclusion,
  verifyLog,
} from "@tabard/log"
import { ed25519Signer, sha256, verifySignature } from "@tabard/log/node"
import { underLease } from "../../jobs/under-lease.ts"
import { NOTIFICATION_LEASE } from "../../notifications/notification-store.ts"
import { type ControlWorld, DAY, openControlWorld } from "../../testing/control-world.ts"
import { recordEvents } from "../event.ts"
import { LOG_LEASE } from "../log-state-store.ts"
import { publishOutbox } from "../publish-outbox.ts"
import { LeaseLost } from "../write-log.ts"
import { RETENTION_LEASE } from "./prune-deps.ts"
import { pruneRecord } from "./prune-record.ts"
import { putRetention } from "./put-retention.ts"

const SIGNER = ed25519Signer("audit.acme.example/acme/1", new Uint8Array(32).fill(7))

/** The durable steps of a round behind the raising of the index, each a moment at which the power may go. */
const STEPS = ["before the index is written", "while files go", "before rows go", "after rows went"] as const
type Step = (typeof STEPS)[number]

describe("pruning the record", () => {
  it("takes nothing without a written retention, and nothing under one that keeps all", async () => {
    await using log = await agedLog(1_000)
    assert.equal(await log.prune(), 0)
    await putRetention(log.world, await log.world.person("administrator"), { months: null, reason: "all" })
    assert.equal(await log.prune(), 0)
    assert.equal(await log.tiles.readMinimumIndex(), 0)
    assert.equal((await log.world.events("log.pruned")).length, 0)
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

  it("raises the index once a day, and at once where the retention is new", async () => {
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

/** A log that may be pruned. */
interface AgedLog extends AsyncDisposable {
  readonly world: ControlWorld
  readonly tiles: TileStore
  head(): TreeHead
  grow(count: number): Promise<void>
  settle(months: number): Promise<void>
  /** Runs a round under the lease, killed at a step where one is named. */
  prune(step?: Step): Promise<number>
  deps(): Omit<Parameters<typeof pruneRecord>[0], "fence">
  paths(): Promise<readonly string[]>
  left(): readonly string[]
}

/** Opens a log of so many entries that are four hundred days old, and of some new ones. */
async function agedLog(old: number, young = 10): Promise<AgedLog> {
  const world = await openControlWorld()
  const tiles = memoryTileStore()
  let [head, left]: [TreeHead | undefined, readonly string[]] = [undefined, []]
  const paths = async (): Promise<readonly string[]> => {
    const found: string[] = []
    for await (const path of tiles.list()) found.push(path)
    return found
  }
  const deps = { ...world, tilesOf: () => tiles }
  const log: AgedLog = {
    world,
    tiles,
    head: () => head ?? assert.fail(),
    async grow(count) {
      await happen(world, count)
      await publishAll(world, tiles)
      const note = parseNote((await tiles.readCheckpoint()) ?? new Uint8Array())
      head = parseCheckpoint(note.text)
      left = await paths()
    },
    settle: async (months) => {
      const admin = await world.person("administrator")
      await putRetention(world, admin, { months, reason: "a test", acknowledgeShort: true })
    },
    prune: async (step) => {
      const lease = { ...world, holder: "this process" }
      const gone = await underLease(lease, RETENTION_LEASE, (fence) =>
        pruneRecord({ ...killedAt(step, deps), fence }),
      )
      left = await paths()
      return gone ?? assert.fail()
    },
    deps: () => deps,
    paths,
    left: () => left,
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
  if (old > 0) {
    world.clock.advance(-400 * DAY)
    await log.grow(old)
    world.clock.advance(400 * DAY)
  }
  await log.grow(young)
  return log
}

type Deps = ReturnType<AgedLog["deps"]>

function killedAt(step: Step | undefined, deps: Deps): Deps {
  const gone = (): never => {
    throw new Error("the power went")
  }
  const tiles = deps.tilesOf(1)
  switch (step) {
    case "before the index is written":
      return { ...deps, tilesOf: () => ({ ...tiles, writeMinimumIndex: async () => gone() }) }
    case "while files go": {
      let removed = 0
      const remove = (path: string): Promise<void> => (++removed > 2 ? gone() : tiles.remove(path))
      return { ...deps, tilesOf: () => ({ ...tiles, remove: async (path) => remove(path) }) }
    }
    case "before rows go":
    case "after rows went": {
      let transactions = 0
      return {
        ...deps,
        transact: async (work) => {
          // The first raises the index.
          if (++transactions === 1) return deps.transact(work)
          if (step === "before rows go") return deps.transact(async (tx) => work(tx).then(gone))
          await deps.transact(work)
          return gone()
        },
      }
    }
    case undefined:
      return deps
  }
}

/** Records so many events. */
async function happen(world: ControlWorld, count: number): Promise<void> {
  for (let from = 0; from < count; from += 5_000) {
    await world.transact(({ outbox }) =>
      recordEvents(
        world,
        outbox,
        Array.from({ length: Math.min(5_000, count - from) }, (_, n) => ({
          type: "scan.finished" as const,
          actor: { kind: "system", id: "test" } as const,
          data: { n },
        })),
      ),
    )
  }
}

async function publishAll(world: ControlWorld, tiles: TileStore): Promise<void> {
  const deps = { ...world, tiles, sha256, signer: SIGNER }
  await underLease({ ...world, holder: "this process" }, LOG_LEASE, async (fence) => {
    while ((await publishOutbox({ ...deps, fence })) > 0);
  })
}

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
    assert.ok(verifyInclusion(sha256, { index, leaf: await leafAt(tiles, index, head.size), head }, proof))
    made.push(Buffer.concat(proof).toString("hex"))
  }
  for (const size of sizes) {
    const proof = await proveConsistency(deps, size, head.size)
    made.push(Buffer.concat(proof).toString("hex"))
    if (size === head.size) assert.ok(verifyConsistency(sha256, { from: head, to: head }, proof))
  }
  return made
}

async function leafAt(tiles: TileStore, index: number, size: number): Promise<Uint8Array> {
  const bundle = Math.floor(index / 256)
  const width = Math.min(256, size - bundle * 256)
  const path = tilePath({ level: "entries", index: bundle, width })
  const entry = parseBundle((await tiles.read(path)) ?? assert.fail(path), width)[index % 256]
  return hashLeaf(sha256, entry ?? assert.fail())
}
