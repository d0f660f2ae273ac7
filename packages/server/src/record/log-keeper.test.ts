import assert from "node:assert/strict"
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { askLogRotation, recordEvent, type Shelf, type Store } from "@tabard/control"
import { ManualClock, newId, type Organisation } from "@tabard/core"
import { parseVerifierKey, readPublished, verifyLog } from "@tabard/log"
import { fileTileStore } from "@tabard/log/files"
import { sha256, verifySignature } from "@tabard/log/node"
import { openSqlite } from "@tabard/store"
import { keyEncryptionKey } from "../keys/key-encryption-key.ts"
import { type LogKeeper, openLogKeeper } from "./log-keeper.ts"
import { openLogPlaces } from "./log-places.ts"

const HOUR = 3_600_000

describe("keeping a log", () => {
  it("gives places and tiles at once, and signs at times of its own", async () => {
    await inDirectory(async (directory) => {
      await using world = await openWorld(directory)
      await world.happen(3)
      await world.keeper.keep()
      assert.deepEqual(await sizesOf(world), { integrated: 3, published: 3 })
      await world.happen(2)
      await world.keeper.keep()
      assert.deepEqual(await sizesOf(world), { integrated: 5, published: 3 })
      world.clock.advance(1_000)
      await world.keeper.keep()
      assert.deepEqual(await sizesOf(world), { integrated: 5, published: 5 })
    })
  })

  it("goes on where the clock goes backwards: places and checkpoints only grow, and the log verifies", async () => {
    await inDirectory(async (directory) => {
      await using world = await openWorld(directory)
      const seen: Uint8Array[] = []
      for (const step of [0, HOUR, -3 * HOUR, 1, -HOUR]) {
        world.clock.advance(step)
        await world.happen(3)
        await world.keeper.keep()
        seen.push((await world.tiles(1).readCheckpoint()) ?? assert.fail("nothing is published"))
      }
      assert.equal(await world.verified(1, seen), 15)
      const kept = await world.shelf.snapshot(({ logCheckpoints }) => logCheckpoints.list(1, { limit: 100 }))
      assert.equal(kept[0]?.size, 15)
    })
  })

  it("refuses to go on with yesterday's database, says why, and lets a new log follow where the old is abandoned", async () => {
    await inDirectory(async (directory) => {
      await grown(directory, 5)
      await cp(join(directory, "store"), join(directory, "yesterday"), { recursive: true })
      await grown(directory, 4)
      await rm(join(directory, "store"), { recursive: true })
      await cp(join(directory, "yesterday"), join(directory, "store"), { recursive: true })

      await using world = await openWorld(directory)
      await assert.rejects(world.keeper.keep(), /behind its log/, "also before anything happens")
      await world.happen(2)
      await assert.rejects(world.keeper.publish(), {
        name: "TamperedLog",
        message: /9 entries were published, 5 are known: the database is behind its log; bring back/,
      })
      await world.ask(false)
      await assert.rejects(world.keeper.publish(), { name: "TamperedLog" })
      await world.ask(true)
      await world.keeper.publish()
      assert.equal(await world.verified(1), 9, "the old log is as it was found")
      assert.equal(await world.verified(2), 5, "the rotation, both wishes, and what happened since")
      assert.equal((await world.keeper.view()).base, 5)
    })
  })

  it("refuses to go on beside another checkpoint of the same size than the one that it signed", async () => {
    await inDirectory(async (directory) => {
      await grown(directory, 3)
      const path = join(directory, "log", "acme", "checkpoint")
      const [origin, size, , ...rest] = (await readFile(path, "utf8")).split("\n")
      await writeFile(path, [origin, size, Buffer.alloc(32, 7).toString("base64"), ...rest].join("\n"))
      await using world = await openWorld(directory)
      await assert.rejects(world.keeper.keep(), /another checkpoint of 3 entries is published/)
    })
  })

  it("signs by no other key where its own is damaged: it does not open, and says what to do", async () => {
    await inDirectory(async (directory) => {
      await grown(directory, 2)
      await damageKey(directory)
      await assert.rejects(openWorld(directory), /the log-signing key is damaged: restore the database/)
    })
  })

  it("stops where somebody outside knows more, and goes on in a new log that abandons the old one", async () => {
    await inDirectory(async (directory) => {
      await using world = await openWorld(directory)
      await world.happen(3)
      await world.keeper.publish()
      await world.keeper.assertNotBehind(3, "witness north")
      await assert.rejects(world.keeper.assertNotBehind(4, "witness north"), /witness north knows 4 entries/)
      await assert.rejects(world.keeper.keep(), /witness north knows 4 entries/, "also where nothing waits")
      await world.happen(1)
      await assert.rejects(world.keeper.publish(), /put back to an earlier state/)
      await world.ask(true)
      await world.keeper.publish()
      assert.equal(await world.verified(1), 3)
      assert.equal(await world.verified(2), 3)
    })
  })

  it("puts a note with more signatures in the place of its last checkpoint, until the log has grown", async () => {
    await inDirectory(async (directory) => {
      await using world = await openWorld(directory)
      await world.happen(3)
      await world.keeper.publish()
      const note = `${(await world.keeper.view()).checkpoint}— witness.example AAAAAAAA\n`
      assert.equal(await world.keeper.republish(note), true)
      assert.equal(new TextDecoder().decode(await world.tiles(1).readCheckpoint()), note)
      assert.equal((await world.keeper.view()).checkpoint, note)
      await world.happen(1)
      await world.keeper.publish()
      assert.equal(await world.keeper.republish(note), false)
      assert.equal((await readPublished(world.tiles(1)))?.size, 4)
    })
  })
})

interface World extends AsyncDisposable {
  readonly clock: ManualClock
  readonly shelf: Shelf
  readonly keeper: LogKeeper
  happen(count: number): Promise<void>
  ask(abandon: boolean): Promise<void>
  tiles(generation: number): ReturnType<typeof fileTileStore>
  /** Asserts that a log is whole and begins as it was seen, and answers its size. */
  verified(generation: number, earlier?: readonly Uint8Array[]): Promise<number>
}

async function openWorld(directory: string): Promise<World> {
  const clock = new ManualClock("2026-11-01T12:00:00.000Z")
  await using opening = new AsyncDisposableStack()
  const store: Store = opening.use(await openSqlite({ path: join(directory, "store", "tabard.db"), clock }))
  const organisation: Organisation = await store.ensureOrganisation("acme", () => ({
    id: newId("organisation", clock),
    slug: "acme",
    name: "Acme",
    trustDomain: "acme.example",
  }))
  const shelf = store.shelf(organisation.id)
  const context = { organisation, clock, transact: shelf.transact }
  const encryption = keyEncryptionKey(new Uint8Array(32).fill(5))
  const keeper = opening.use(
    await openLogKeeper(
      { ...context, shelf, encryption, config: { logEveryMs: 1_000 }, holder: "test" },
      openLogPlaces(null, join(directory, "log")),
    ),
  )
  const tiles = (generation: number): ReturnType<typeof fileTileStore> =>
    fileTileStore(join(directory, "log", generation === 1 ? "acme" : `acme.${generation}`))
  const opened = opening.move()
  return {
    clock,
    shelf,
    keeper,
    tiles,
    async happen(count) {
      for (let n = 0; n < count; n++)
        await shelf.transact(({ outbox }) =>
          recordEvent(context, outbox, { type: "scan.finished", actor: { kind: "system", id: "test" } }),
        )
    },
    ask: (abandon) =>
      askLogRotation(context, newId("user", clock), { reason: "a backup was put back", abandon }),
    async verified(generation, earlier = []) {
      const logs = await shelf.snapshot((tx) => tx.logs.list())
      const key = parseVerifierKey(
        sha256,
        logs.find(({ number }) => number === generation)?.verifierKey ?? "",
      )
      const deps = { tiles: tiles(generation), sha256, verifySignature }
      const verification = await verifyLog(deps, { key, earlier })
      assert.ok(verification.ok, JSON.stringify(verification))
      return verification.size
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

async function grown(directory: string, count: number): Promise<void> {
  await using world = await openWorld(directory)
  await world.happen(count)
  await world.keeper.publish()
}

async function damageKey(directory: string): Promise<void> {
  await using world = await openWorld(directory)
  await world.shelf.transact(async ({ keys }) => {
    const [live] = await keys.live("log-signing")
    const id = newId("key", world.clock)
    await keys.replace({ ...(live ?? assert.fail()), id, sealed: new Uint8Array(64) })
  })
}

async function sizesOf({ shelf }: World): Promise<{ integrated: number; published: number } | undefined> {
  const state = await shelf.snapshot(({ logState }) => logState.find())
  return state && { integrated: state.integrated, published: state.published }
}

async function inDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "tabard-keeper-"))
  try {
    await work(directory)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
