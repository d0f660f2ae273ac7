import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId } from "@tabard/core"
import {
  formatVerifierKey,
  type LogVerification,
  memoryTileStore,
  type TileStore,
  verifyLog,
} from "@tabard/log"
import { ed25519Signer, sha256, verifySignature } from "@tabard/log/node"
import { type ControlWorld, openControlWorld } from "../../testing/control-world.ts"
import { recordEvent } from "../event/record-event.ts"
import { askLogRotation } from "./ask-log-rotation.ts"
import { LOG_LEASE } from "./log-state-store.ts"
import { publishOutbox } from "./publish-outbox.ts"
import { type NextLog, rotateLog } from "./rotate-log.ts"
import type { WriteLogDeps } from "./write-log.ts"

describe("letting a new log follow", () => {
  it("waits for nobody's wish", async () => {
    await using world = await openControlWorld()
    const [deps] = await writing(world, memoryTileStore())
    await publishOutbox(deps)
    assert.equal(await rotateLog(deps, nextLog(world)), false)
  })

  it("ends the old log with all that was recorded, and begins the new one with its last checkpoint", async () => {
    await using world = await openControlWorld()
    const tiles = memoryTileStore()
    const [deps] = await writing(world, tiles)
    await happen(world, 300)
    await ask(world)
    assert.equal(await rotateLog(deps, nextLog(world)), true)
    const last = await tiles.readCheckpoint()
    assert.equal((await entriesOf(tiles, 1)).length, 301, "the wish is recorded too")

    await happen(world, 5)
    const newTiles = memoryTileStore()
    const [newDeps] = await writing(world, newTiles, 2)
    await publishOutbox(newDeps)
    const [first = "", ...others] = await entriesOf(newTiles, 2)
    const { type, data, resource, actor } = JSON.parse(first)
    assert.equal(type, "log.rotated")
    assert.deepEqual(data, {
      previous: "audit.acme.example/acme/1",
      checkpoint: new TextDecoder().decode(last),
    })
    assert.equal(resource, "audit.acme.example/acme/2")
    assert.equal(actor.kind, "user")
    assert.equal(others.length, 5)
    assert.deepEqual(await tiles.readCheckpoint(), last, "nothing is added to the old one")
    const logs = await world.snapshot((tx) => tx.logs.list())
    assert.deepEqual(
      logs.map(({ number, base, ended }) => [number, base, ended?.checkpoint]),
      [
        [2, 301, undefined],
        [1, 0, new TextDecoder().decode(last)],
      ],
    )
    const placed = await world.snapshot(({ outbox }) => outbox.range(0, 1_000))
    assert.deepEqual(
      placed.map(({ index }) => index),
      Array.from({ length: 307 }, (_, place) => place),
    )
  })

  it("stops whoever would go on with the old log, and its key is live no more", async () => {
    await using world = await openControlWorld()
    const [deps] = await writing(world, memoryTileStore())
    await publishOutbox(deps)
    await ask(world)
    await rotateLog(deps, nextLog(world))
    await happen(world, 1)
    await assert.rejects(publishOutbox(deps), { name: "LeaseLost" })
    const [live, ...more] = await world.snapshot(({ keys }) => keys.live("log-signing"))
    assert.deepEqual([live?.publicHalf, more], [formatVerifierKey(signerOf(2).key), []])
    assert.equal(
      await rotateLog({ ...deps, signer: signerOf(2) }, nextLog(world)),
      false,
      "one wish, one log",
    )
  })

  it("takes a second wish only after the first was fulfilled", async () => {
    await using world = await openControlWorld()
    const [deps] = await writing(world, memoryTileStore())
    await ask(world)
    await assert.rejects(ask(world), { code: "log_rotation_waiting" })
    await rotateLog(deps, nextLog(world))
    await ask(world)
    assert.equal((await world.events("log.rotation-asked")).length, 2)
  })

  it("leaves a log that the database is behind as it is unless it is abandoned; then the first entry tells what was found", async () => {
    await using world = await openControlWorld()
    await using older = await openControlWorld()
    const tiles = memoryTileStore()
    const [deps] = await writing(world, tiles)
    await happen(world, 50)
    await publishOutbox(deps)
    const found = new TextDecoder().decode(await tiles.readCheckpoint())

    const [behind] = await writing(older, tiles)
    await happen(older, 3)
    await ask(older)
    await assert.rejects(rotateLog(behind, nextLog(older)), { name: "TamperedLog" })
    await older.transact(({ logs }) => logs.settle())
    await ask(older, true)
    assert.equal(await rotateLog(behind, nextLog(older)), true)
    assert.equal((await entriesOf(tiles, 1)).length, 50)

    const newTiles = memoryTileStore()
    const [next] = await writing(older, newTiles, 2)
    await publishOutbox(next)
    const [first = "", ...others] = await entriesOf(newTiles, 2)
    const { data } = JSON.parse(first)
    assert.equal(data.found, found)
    assert.equal(data.checkpoint, null)
    assert.match(data.abandoned, /50 entries were published, 0 are known/)
    assert.equal(others.length, 5, "the three events and both wishes")
  })

  it("is not held up by what somebody put in the place of the checkpoint, whatever bytes and however many", async () => {
    for (const found of [new Uint8Array(8 * 1024).fill(0xff), new Uint8Array(1_000_000)]) {
      await using world = await openControlWorld()
      const [deps] = await writing(world, memoryTileStore())
      await happen(world, 3)
      await publishOutbox(deps)
      await giveLongCheckpoint(deps)
      await deps.tiles.writeCheckpoint(found)
      await happen(world, 1)
      await ask(world, true)
      assert.equal(await rotateLog(deps, nextLog(world)), true)
    }
  })

  it("lets a log that is whole come to its end though it might be abandoned", async () => {
    await using world = await openControlWorld()
    const tiles = memoryTileStore()
    const [deps] = await writing(world, tiles)
    await happen(world, 3)
    await ask(world, true)
    await rotateLog(deps, nextLog(world))
    assert.equal((await entriesOf(tiles, 1)).length, 4)
    const [told] = await world.events("log.rotated")
    assert.equal(Reflect.has(Object(told?.["data"]), "abandoned"), false)
  })

  it("happens once where twenty are at it", async () => {
    await using world = await openControlWorld()
    const [deps] = await writing(world, memoryTileStore())
    await publishOutbox(deps)
    await ask(world)
    const done = await Promise.allSettled(Array.from({ length: 20 }, () => rotateLog(deps, nextLog(world))))
    assert.equal(done.filter((one) => one.status === "fulfilled" && one.value).length, 1)
    assert.equal((await world.snapshot(({ logs }) => logs.list())).length, 2)
    assert.equal((await world.events("log.rotated")).length, 1)
  })
})

function signerOf(number: number): WriteLogDeps["signer"] {
  return ed25519Signer(`audit.acme.example/acme/${number}`, new Uint8Array(32).fill(number))
}

async function writing(world: ControlWorld, tiles: TileStore, number = 1): Promise<[WriteLogDeps]> {
  const signer = signerOf(number)
  const fence = await world.transact(async ({ leases, logs }) => {
    const verifierKey = formatVerifierKey(signer.key)
    const first = {
      number: 1,
      origin: signerOf(1).key.name,
      base: 0,
      verifierKey,
      startedAt: world.clock.now(),
      ended: null,
    }
    await logs.ensureFirst(first)
    return leases.acquire(LOG_LEASE, "test", 3_600_000, world.clock.now())
  })
  return [{ ...world, tiles, sha256, signer, fence: fence ?? assert.fail() }]
}

function nextLog(world: ControlWorld): (number: number) => Promise<NextLog> {
  return async (number) => {
    const signer = signerOf(number)
    const key = {
      id: newId("key", world.clock),
      purpose: "log-signing",
      sealed: new Uint8Array(8),
      sealedUnder: "kek",
      publicHalf: formatVerifierKey(signer.key),
      createdAt: world.clock.now(),
      retiredAt: null,
    } as const
    return { number, signer, key }
  }
}

async function ask(world: ControlWorld, abandon = false): Promise<void> {
  await askLogRotation(world, newId("user", world.clock), { reason: "a new key", abandon })
}

async function happen(world: ControlWorld, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    await world.transact(({ outbox }) =>
      recordEvent(world, outbox, {
        type: "scan.finished",
        actor: { kind: "system", id: "test" },
        data: { n },
      }),
    )
  }
}

/** As long as it gets with the cosignatures of as many witnesses as a policy has room for. */
async function giveLongCheckpoint({ transact, fence }: WriteLogDeps): Promise<void> {
  await transact(async ({ logState }) => {
    const state = (await logState.find()) ?? assert.fail()
    const line = `— witness.example.test/w ${"A".repeat(3_244)}\n`
    const checkpoint = `${state.checkpoint}${line.repeat(6)}`
    assert.ok(await logState.advance(state, { ...state, checkpoint }, fence))
  })
}

/** The entries of a log that verifies. */
async function entriesOf(tiles: TileStore, number: number): Promise<readonly string[]> {
  const entries: string[] = []
  const onEntry = (_: number, entry: Uint8Array): void => void entries.push(new TextDecoder().decode(entry))
  const verification: LogVerification = await verifyLog(
    { tiles, sha256, verifySignature },
    { key: signerOf(number).key, onEntry },
  )
  assert.ok(verification.ok, JSON.stringify(verification))
  return entries
}
