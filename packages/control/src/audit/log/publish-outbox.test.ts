import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type LogVerification, memoryTileStore, type TileStore, verifyLog } from "@tabard/log"
import { ed25519Signer, sha256, verifySignature } from "@tabard/log/node"
import { underLease } from "../../jobs/under-lease.ts"
import { type ControlWorld, openControlWorld, twentyAtOnce } from "../../testing/control-world.ts"
import { recordEvent } from "../event/record-event.ts"
import { LOG_LEASE } from "./log-state-store.ts"
import { publishOutbox } from "./publish-outbox.ts"
import { LeaseLost, type WriteLogDeps } from "./write-log.ts"

const SIGNER = ed25519Signer("audit.acme.example/acme/1", new Uint8Array(32).fill(7))

/** The durable steps of a round, each a moment at which the power may go. */
const STEPS = [
  "before the places are committed",
  "after the places are committed",
  "while the tiles are written",
  "before the new head is committed",
  "after the new head is committed",
  "before the checkpoint is committed",
  "after the checkpoint is committed",
  "after the checkpoint is written",
] as const

describe("publishing the outbox", () => {
  it("brings every event into the log once, in the order in which it was recorded", async () => {
    await using world = await openControlWorld()
    const tiles = memoryTileStore()
    await happen(world, 300)
    assert.equal(await publishAll(world, tiles), 300)
    assert.deepEqual(await entriesOf(tiles), await recorded(world))
    assert.equal(await publishAll(world, tiles), 0, "nothing is published twice")
  })

  it("signs an empty log at the beginning, so that there is something to compare with", async () => {
    await using world = await openControlWorld()
    const tiles = memoryTileStore()
    await publishAll(world, tiles)
    assert.deepEqual(await entriesOf(tiles), [])
  })

  for (const step of STEPS) {
    it(`goes on where it was when it was killed ${step}: no event twice, no gap`, async () => {
      await using world = await openControlWorld()
      const tiles = memoryTileStore()
      await happen(world, 5)
      await publishAll(world, tiles)
      await happen(world, 260)
      await assert.rejects(publishAll(world, tiles, killedAt(step)), /the power went/)
      const checkpoint = await tiles.readCheckpoint()
      assert.ok(checkpoint)

      await happen(world, 3)
      await publishAll(world, tiles)
      assert.deepEqual(await entriesOf(tiles, [checkpoint]), await recorded(world))
    })
  }

  it("goes on after every step in turn, and the log verifies after each", async () => {
    await using world = await openControlWorld()
    const tiles = memoryTileStore()
    const seen: Uint8Array[] = []
    for (const step of STEPS) {
      await happen(world, 2)
      await publishAll(world, tiles, killedAt(step)).catch(() => undefined)
      await publishAll(world, tiles)
      assert.deepEqual(await entriesOf(tiles, seen), await recorded(world), step)
      seen.push((await tiles.readCheckpoint()) ?? assert.fail())
    }
  })

  it("is refused under the fencing number of a lease that another holds now, and writes no checkpoint", async () => {
    await using world = await openControlWorld()
    const tiles = memoryTileStore()
    const { transact, clock } = world
    const fenceOf = (holder: string) =>
      transact(({ leases }) => leases.acquire(LOG_LEASE, holder, 1000, clock.now()))
    const stale = (await fenceOf("first")) ?? assert.fail()
    clock.advance(2000)
    const fresh = (await fenceOf("second")) ?? assert.fail()

    await happen(world, 2)
    const deps = depsOf(world, tiles)
    await assert.rejects(publishOutbox({ ...deps, fence: stale }), LeaseLost)
    assert.equal(await tiles.readCheckpoint(), undefined)
    assert.equal(await publishOutbox({ ...deps, fence: fresh }), 2)
    assert.deepEqual(await entriesOf(tiles), await recorded(world))
  })

  it("leaves one log behind where twenty publish at once", async () => {
    await using world = await openControlWorld()
    const tiles = memoryTileStore()
    await happen(world, 40)
    const gained = await twentyAtOnce(async (n) => (await publishAll(world, tiles, {}, `replica ${n}`)) ?? 0)
    assert.equal(
      gained.reduce<number>((sum, one) => sum + (typeof one === "number" ? one : 0), 0),
      40,
    )
    assert.deepEqual(await entriesOf(tiles), await recorded(world))
  })

  it("refuses a second history where the database is older than its log, and leaves the log whole", async () => {
    await using world = await openControlWorld()
    await using older = await openControlWorld()
    const tiles = memoryTileStore()
    await happen(world, 5)
    await publishAll(world, tiles)
    await happen(older, 3)
    await assert.rejects(publishAll(older, tiles), { name: "TamperedLog" })
    assert.deepEqual(await entriesOf(tiles), await recorded(world))
  })
})

async function happen(world: ControlWorld, count: number): Promise<void> {
  await world.transact(async ({ outbox }) => {
    for (let n = 0; n < count; n++) {
      await recordEvent(world, outbox, {
        type: "scan.finished",
        actor: { kind: "system", id: "test" },
        data: { n },
      })
    }
  })
}

async function recorded({ snapshot }: ControlWorld): Promise<readonly string[]> {
  const events = await snapshot(({ outbox }) => outbox.list({ limit: 1000 }))
  return events.map(({ bytes }) => new TextDecoder().decode(bytes)).toReversed()
}

/** The entries of a log that verifies, also against what was signed before. */
async function entriesOf(tiles: TileStore, earlier: readonly Uint8Array[] = []): Promise<readonly string[]> {
  const entries: string[] = []
  const onEntry = (_: number, entry: Uint8Array): void => void entries.push(new TextDecoder().decode(entry))
  const deps = { tiles, sha256, verifySignature }
  const verification: LogVerification = await verifyLog(deps, { key: SIGNER.key, earlier, onEntry })
  assert.ok(verification.ok, JSON.stringify(verification))
  return entries
}

function depsOf(world: ControlWorld, tiles: TileStore): Omit<WriteLogDeps, "fence"> {
  return { ...world, tiles, sha256, signer: SIGNER }
}

async function publishAll(
  world: ControlWorld,
  tiles: TileStore,
  fault: Fault = {},
  holder = "this process",
): Promise<number | undefined> {
  const deps = depsOf(world, tiles)
  const faulty = { ...deps, ...fault.store?.(deps), tiles: fault.tiles?.(tiles) ?? tiles }
  return underLease({ ...world, holder }, LOG_LEASE, async (fence) => {
    let gained = 0
    for (let more = -1; more !== 0; gained += more) more = await publishOutbox({ ...faulty, fence })
    return gained
  })
}

interface Fault {
  readonly store?: (deps: Pick<WriteLogDeps, "transact">) => Pick<WriteLogDeps, "transact">
  readonly tiles?: (tiles: TileStore) => TileStore
}

/** A round has four transactions: places, head, the look for more that waits, checkpoint. */
function killedAt(step: (typeof STEPS)[number]): Fault {
  switch (step) {
    case "before the places are committed":
      return { store: cutOff(1, "before") }
    case "after the places are committed":
      return { store: cutOff(1, "after") }
    case "while the tiles are written":
      return { tiles: (tiles) => cutOffTiles(tiles) }
    case "before the new head is committed":
      return { store: cutOff(2, "before") }
    case "after the new head is committed":
      return { store: cutOff(2, "after") }
    case "before the checkpoint is committed":
      return { store: cutOff(4, "before") }
    case "after the checkpoint is committed":
      return { store: cutOff(4, "after") }
    case "after the checkpoint is written":
      return {
        tiles: (tiles) => ({
          ...tiles,
          writeCheckpoint: async (note) => {
            await tiles.writeCheckpoint(note)
            throw new Error("the power went")
          },
        }),
      }
  }
}

function cutOff(at: number, when: "before" | "after"): NonNullable<Fault["store"]> {
  let transactions = 0
  return ({ transact }) => ({
    transact: async (work) => {
      if (++transactions !== at) return transact(work)
      if (when === "after") await transact(work)
      else await transact(async (tx) => work(tx).then(() => Promise.reject(new Error("the power went"))))
      throw new Error("the power went")
    },
  })
}

function cutOffTiles(tiles: TileStore): TileStore {
  let writes = 0
  return {
    ...tiles,
    write: async (path, bytes) => {
      if (++writes > 2) throw new Error("the power went")
      await tiles.write(path, bytes)
    },
  }
}
