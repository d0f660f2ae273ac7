import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { removeSink, replaySink, setSinkState } from "@tabard/control"
import { type Answer, answering, startReceiver } from "./carriers/testing/receiver.ts"
import { openExportWorld } from "./testing/export-world.ts"
import { checkpointsOf, found, keysIn, placesOf, upTo } from "./testing/what-was-carried.ts"

const FOLDER = { directory: "siem", rotateBytes: 64 * 1024 ** 2 }
const MINUTE = 60_000

describe("carrying the record to a sink", () => {
  it("brings every entry once and in order, and then the checkpoint that covers them", async () => {
    await using world = await openExportWorld()
    const { sink } = await world.sink("jsonl", FOLDER)
    await world.happen(250)
    await world.publish()
    await world.carry()
    const lines = await world.lines("siem")
    assert.deepEqual(placesOf(lines), upTo(251))
    assert.equal(lines[0]?.event?.type, "sink.made")
    assert.equal(lines.at(-1)?.checkpoint?.size, 251)
    const { progress, size, met } = await world.health(sink)
    assert.deepEqual([progress.place, progress.checkpoint, size, met], [251, 251, 251, true])
    await world.carry()
    assert.equal((await world.lines("siem")).length, lines.length, "nothing is carried twice")
    assert.deepEqual(world.faults, [])
  })

  it("brings nothing that no checkpoint covers yet", async () => {
    await using world = await openExportWorld()
    await world.sink("jsonl", FOLDER)
    await world.publish()
    await world.happen(3)
    await world.grow()
    await world.carry()
    assert.deepEqual(placesOf(await world.lines("siem")), [0])
    await world.publish()
    await world.carry()
    assert.deepEqual(placesOf(await world.lines("siem")), upTo(4))
  })

  it("brings checkpoints once a minute at most, and the last one when nothing happens any more", async () => {
    await using world = await openExportWorld()
    await world.sink("jsonl", FOLDER)
    for (let second = 0; second < 90; second++) {
      await world.happen(1)
      await world.publish()
      await world.carry()
      world.clock.advance(1000)
    }
    assert.equal(checkpointsOf(await world.lines("siem")).length, 2)
    world.clock.advance(MINUTE)
    await world.carry()
    const checkpoints = checkpointsOf(await world.lines("siem"))
    assert.deepEqual(checkpoints.at(-1), 91)
    world.clock.advance(MINUTE)
    await world.carry()
    assert.equal(checkpointsOf(await world.lines("siem")).length, checkpoints.length)
  })

  it("brings what was chosen alone, and still comes to the end", async () => {
    await using world = await openExportWorld()
    const types = { kind: "types", types: ["sink.made"] } as const
    const { sink } = await world.sink("jsonl", FOLDER, { choice: types, checkpoints: false })
    await world.happen(6000)
    await world.publish()
    await world.carry()
    assert.deepEqual(placesOf(await world.lines("siem")), [0])
    assert.equal((await world.health(sink)).progress.place, 6001)
  })

  it("begins at the end where only what comes is wanted", async () => {
    await using world = await openExportWorld()
    await world.happen(5)
    await world.publish()
    await world.sink("jsonl", FOLDER, { from: "now", checkpoints: false })
    await world.publish()
    await world.carry()
    assert.deepEqual(placesOf(await world.lines("siem")), [5])
  })

  it("carries the same keys again where it was killed between the receiver's word and its own", async () => {
    await using world = await openExportWorld()
    await using receiver = await startReceiver(answering(200))
    const { sink } = await world.sink("webhook", { url: receiver.url }, { checkpoints: false })
    await world.happen(4)
    await world.publish()
    await using killed = world.replica({}, { transact: world.transact, snapshot: world.snapshot })
    let calls = 0
    await using dying = world.replica(
      {},
      {
        // The lease is its first transaction; the second is the one that moves the cursor.
        transact: (work) =>
          ++calls === 1 ? world.transact(work) : Promise.reject(new Error("the power went")),
      },
    )
    await world.carry(dying)
    assert.equal((await world.health(sink)).progress.place, 0)
    world.clock.advance(11_000)
    await world.carry(killed)
    const [first, second] = receiver.received
    assert.deepEqual(keysIn([first ?? assert.fail()]), keysIn([second ?? assert.fail()]))
    assert.equal((await world.health(sink)).progress.place, 5)
  })

  it("is done by one of several replicas at a time", async () => {
    await using world = await openExportWorld()
    await world.sink("jsonl", FOLDER, { checkpoints: false })
    const replicas = Array.from({ length: 4 }, () => world.replica())
    for (let round = 0; round < 5; round++) {
      await world.happen(100)
      await world.publish()
      await Promise.all(replicas.map((one) => world.carry(one)))
    }
    assert.deepEqual(placesOf(await world.lines("siem")), upTo(501))
  })

  it("has at most one portion in flight for a sink", async () => {
    await using world = await openExportWorld()
    let flying = 0
    let most = 0
    const slow: Answer = (response) => {
      most = Math.max(most, ++flying)
      setTimeout(() => {
        flying--
        answering(200)(response, { path: "", headers: {}, body: "" })
      }, 30)
    }
    await using receiver = await startReceiver(slow)
    await world.sink("webhook", { url: receiver.url })
    await world.happen(1200)
    await world.publish()
    const keeper = world.replica()
    for (let round = 0; round < 5; round++) await keeper.round()
    await keeper.idle()
    assert.equal(most, 1)
    assert.ok(receiver.received.length >= 3)
  })

  it("moves nothing for a sink that is removed while something is in flight, and begins nothing for it", async () => {
    await using world = await openExportWorld()
    const waiting = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    await using receiver = await startReceiver((response, one) => {
      asked.resolve()
      void waiting.promise.then(() => answering(200)(response, one))
    })
    const { sink } = await world.sink("webhook", { url: receiver.url }, { checkpoints: false })
    await world.publish()
    const keeper = world.replica()
    await keeper.round()
    await asked.promise
    await removeSink(world, world.ann, sink.id)
    waiting.resolve()
    await keeper.idle()
    assert.equal(await world.snapshot((tx) => tx.sinkProgress.find(sink.id)), undefined)
    assert.deepEqual(await world.letters(sink), [])
    assert.deepEqual(world.faults, [])
    await world.happen(1)
    await world.publish()
    await world.carry(keeper)
    assert.equal(receiver.received.length, 1)
  })

  it("waits while paused, and goes on from there", async () => {
    await using world = await openExportWorld()
    const { sink } = await world.sink("jsonl", FOLDER, { checkpoints: false })
    await world.publish()
    await world.carry()
    await setSinkState(world, world.ann, sink.id, "paused")
    await world.happen(3)
    await world.publish()
    await world.carry()
    assert.deepEqual(placesOf(await world.lines("siem")), [0])
    assert.equal((await world.health(await found(world, sink.id))).met, false)
    await setSinkState(world, world.ann, sink.id, "running")
    await world.publish()
    await world.carry()
    assert.deepEqual(placesOf(await world.lines("siem")), upTo(6))
  })

  it("carries again from any place on, under the same keys", async () => {
    await using world = await openExportWorld()
    await using receiver = await startReceiver(answering(200))
    const { sink } = await world.sink("webhook", { url: receiver.url }, { checkpoints: false })
    await world.happen(9)
    await world.publish()
    await world.carry()
    assert.equal(await replaySink(world, world.ann, sink.id, 4), 6)
    await assert.rejects(replaySink(world, world.ann, sink.id, 5), /can only be put back/)
    await world.carry()
    const [first, again] = receiver.received
    assert.deepEqual(keysIn([again ?? assert.fail()]), keysIn([first ?? assert.fail()]).slice(4))
    const { pace } = await world.health(sink)
    assert.equal(pace.entries, 10, "what is carried again is not counted again")
  })
})
