import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { memoryTileStore, type TileStore, verifyLog } from "@tabard/log"
import { ed25519Signer, sha256, verifySignature } from "@tabard/log/node"
import { type ControlWorld, openControlWorld } from "../../testing/control-world.ts"
import { recordEvents } from "../event/record-event.ts"
import { collectPartials } from "./collect-partials.ts"
import { LOG_LEASE } from "./log-state-store.ts"
import { publishOutbox } from "./publish-outbox.ts"
import type { WriteLogDeps } from "./write-log.ts"

const SIGNER = ed25519Signer("audit.acme.example/acme/1", new Uint8Array(32).fill(7))
const MINUTE = 60_000

describe("collecting partial tiles", () => {
  it("takes none that a checkpoint of the last minutes may need, and later all of full tiles", async () => {
    await using world = await openControlWorld()
    const tiles = memoryTileStore()
    const deps = await writing(world, tiles)
    for (const count of [5, 200, 300, 100]) await grow(deps, count)
    assert.equal(await collectPartials(deps), 0)
    assert.ok((await partialsOf(tiles)).includes("tile/entries/000.p/5"))

    world.clock.advance(11 * MINUTE)
    assert.equal(await collectPartials(deps), 605)
    assert.deepEqual(await partialsOf(tiles), [
      "tile/0/002.p/93",
      "tile/1/000.p/1",
      "tile/1/000.p/2",
      "tile/entries/002.p/93",
    ])
    assert.ok((await verifyLog({ tiles, sha256, verifySignature }, { key: SIGNER.key })).ok)
  })

  it("goes on with the log after it, and takes again what a killed run left", async () => {
    await using world = await openControlWorld()
    const tiles = memoryTileStore()
    const deps = await writing(world, tiles)
    await grow(deps, 5)
    await grow(deps, 600)
    world.clock.advance(11 * MINUTE)
    const dying = { ...tiles, removePartials: () => Promise.reject(new Error("the power went")) }
    await assert.rejects(collectPartials({ ...deps, tiles: dying }), /the power went/)
    assert.equal(await collectPartials(deps), 605)
    await grow(deps, 7)
    world.clock.advance(11 * MINUTE)
    assert.equal(await collectPartials(deps), 612)
    await grow(deps, 200)
    assert.ok((await verifyLog({ tiles, sha256, verifySignature }, { key: SIGNER.key })).ok)
  })
})

async function writing(world: ControlWorld, tiles: TileStore): Promise<WriteLogDeps> {
  const fence = await world.transact(async ({ leases, logs }) => {
    const startedAt = world.clock.now()
    await logs.ensureFirst({
      number: 1,
      origin: SIGNER.key.name,
      base: 0,
      verifierKey: "",
      startedAt,
      ended: null,
    })
    return leases.acquire(LOG_LEASE, "test", 3_600_000, world.clock.now())
  })
  return { ...world, tiles, sha256, signer: SIGNER, fence: fence ?? assert.fail() }
}

/** So many entries more, under a checkpoint. */
async function grow(deps: WriteLogDeps, count: number): Promise<void> {
  const event = { type: "scan.finished", actor: { kind: "system", id: "test" } } as const
  await deps.transact(({ outbox }) =>
    recordEvents(
      deps,
      outbox,
      Array.from({ length: count }, () => event),
    ),
  )
  await publishOutbox(deps)
}

async function partialsOf(tiles: TileStore): Promise<readonly string[]> {
  const found: string[] = []
  for await (const path of tiles.list()) if (path.includes(".p/")) found.push(path)
  return found.toSorted()
}
