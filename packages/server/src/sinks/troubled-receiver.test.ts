import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { retryDeadLetters } from "@tabard/control"
import { type Answer, answering, startReceiver } from "./carriers/testing/receiver.ts"
import { openExportWorld } from "./testing/export-world.ts"
import { keysIn, keysUpTo, typesOf } from "./testing/what-was-carried.ts"

const FOLDER = { directory: "siem", rotateBytes: 64 * 1024 ** 2 }
const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe("a sink whose receiver is in trouble", () => {
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

function movedTo<S extends { readonly settings: object }>(sink: S, url: string): S {
  return { ...sink, settings: { ...sink.settings, ...("url" in sink.settings && { url }) } }
}
