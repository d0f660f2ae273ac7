import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { removeSink, replaySink, retryDeadLetters, setSinkState } from "@tabard/control"
import type { Id } from "@tabard/core"
import { type Answer, answering, startReceiver } from "./carriers/testing/receiver.ts"
import { type ExportWorld, type Line, openExportWorld } from "./testing/export-world.ts"

const FOLDER = { directory: "siem", rotateBytes: 64 * 1024 ** 2 }
const MINUTE = 60_000
const HOUR = 60 * MINUTE

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

  it("goes on after days in which its receiver was down, without a gap, and holds up no other", async () => {
    await using world = await openExportWorld()
    const receiver = await startReceiver(answering(200))
    const { sink } = await world.sink("webhook", { url: receiver.url }, { checkpoints: false })
    await world.sink("jsonl", FOLDER, { checkpoints: false })
    await receiver[Symbol.asyncDispose]()
    for (let day = 0; day < 3; day++) {
      await world.happen(100)
      await world.publish()
      await world.carry()
      world.clock.advance(24 * HOUR)
    }
    const { progress, met, waitingSince } = await world.health(sink)
    assert.deepEqual([progress.place, progress.standing, met], [0, "later", false])
    assert.equal(progress.said, "nobody answers there")
    assert.ok(waitingSince)
    const written = (await world.lines("siem")).length
    assert.ok(written >= 302, `${written}`)

    await using back = await startReceiver(answering(200))
    await using again = world.replica({ carrier: (one) => world.ways.carrier(movedTo(one, back.url)) })
    await world.publish()
    await world.carry(again)
    const size = (await world.health(sink)).size
    assert.deepEqual(keysIn(back.received), await keysUpTo(world, size))
    assert.equal((await world.health(sink)).progress.standing, "well")
    const told = await typesOf(world)
    assert.deepEqual(
      told.filter((type) => type === "sink.stalled" || type === "sink.recovered"),
      ["sink.stalled", "sink.recovered"],
    )
  })

  it("waits as long as the receiver asks, and loses nothing", async () => {
    await using world = await openExportWorld()
    await using receiver = await startReceiver(answering(429, {}, { "retry-after": "600" }), answering(200))
    const { sink } = await world.sink("webhook", { url: receiver.url }, { checkpoints: false })
    await world.publish()
    await world.carry()
    world.clock.advance(599_000)
    await world.carry()
    assert.equal(receiver.received.length, 1)
    const { due, failures } = (await world.health(sink)).progress
    assert.deepEqual([due?.toISOString(), failures], ["2026-11-01T12:10:00.000Z", 1])
    world.clock.advance(1000)
    await world.carry()
    assert.deepEqual(keysIn(receiver.received.slice(1)), await keysUpTo(world, 1))
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

  it("is held where a person has to put something right, tells administrators once, and is tried seldom", async () => {
    await using world = await openExportWorld()
    await using receiver = await startReceiver(answering(401))
    const { sink } = await world.sink("webhook", { url: receiver.url }, { checkpoints: false })
    await world.publish()
    for (let minute = 0; minute < 120; minute++) {
      await world.carry()
      world.clock.advance(MINUTE)
    }
    assert.ok(receiver.received.length >= 6 && receiver.received.length <= 11, `${receiver.received.length}`)
    assert.equal((await world.health(sink)).progress.standing, "held")
    assert.equal((await typesOf(world)).filter((type) => type === "sink.stalled").length, 1)
  })
})

describe("what a receiver refuses by itself", () => {
  it("is kept with its reason while the rest goes on, and tried again when a person says so", async () => {
    await using world = await openExportWorld()
    let isStrict = true
    const strict: Answer = (response, one) =>
      answering(isStrict && one.body.includes('"place":2,') ? 413 : 200)(response, one)
    await using receiver = await startReceiver(strict)
    const { sink } = await world.sink("webhook", { url: receiver.url }, { checkpoints: false })
    await world.happen(4)
    await world.publish()
    await world.carry()
    const letters = await world.letters(sink)
    assert.deepEqual(
      letters.map(({ place, reason, tries }) => [place, reason, tries]),
      [[2, "it answered 413: too large", 1]],
    )
    const stuck = await world.health(sink)
    assert.deepEqual([stuck.progress.place, stuck.met, stuck.deadLetters], [5, false, 1])

    assert.equal(await retryDeadLetters(world, world.ann, sink.id, "all"), 1)
    await world.carry()
    assert.equal((await world.letters(sink))[0]?.tries, 2)
    isStrict = false
    assert.equal(
      await retryDeadLetters(
        world,
        world.ann,
        sink.id,
        letters.map(({ id }) => id),
      ),
      1,
    )
    await world.carry()
    assert.deepEqual(await world.letters(sink), [])
    assert.equal((await typesOf(world)).filter((type) => type === "sink.refused").length, 1)
  })
})

function placesOf(lines: readonly Line[]): readonly number[] {
  return lines.flatMap(({ log }) => log?.place ?? [])
}

function checkpointsOf(lines: readonly Line[]): readonly number[] {
  return lines.flatMap(({ checkpoint }) => checkpoint?.size ?? [])
}

function upTo(end: number): readonly number[] {
  return Array.from({ length: end }, (_, place) => place)
}

function keysIn(received: readonly { readonly body: string }[]): readonly string[] {
  return received.flatMap(({ body }) => JSON.parse(body).data.entries.map(({ key }: { key: string }) => key))
}

async function keysUpTo(world: ExportWorld, size: number): Promise<readonly string[]> {
  return upTo(size).map((place) => `audit.acme.example/${world.organisation.slug}/1/${place}`)
}

async function typesOf({ snapshot }: ExportWorld): Promise<readonly string[]> {
  const events = await snapshot(({ outbox }) => outbox.list({ limit: 1000 }))
  return events.map(({ type }) => type).toReversed()
}

async function found(world: ExportWorld, id: Id<"sink">) {
  return (await world.snapshot(({ sinks }) => sinks.find(id))) ?? assert.fail()
}

function movedTo<S extends { readonly settings: object }>(sink: S, url: string): S {
  return { ...sink, settings: { ...sink.settings, ...("url" in sink.settings && { url }) } }
}
