import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { putRetention } from "../audit/retention/put-retention.ts"
import { makeSink, removeSink, setSinkState } from "../sinks/keep-sinks.ts"
import { openTellingWorld } from "./testing/telling-world.ts"

describe("an administrator who", () => {
  it("has entries leave the record is seen by everybody else who looks after the organisation", async () => {
    await using world = await openTellingWorld()
    const [ann, ben] = [await world.person("administrator"), await world.person("administrator")]
    const [security, member] = [await world.person("security"), await world.person("member")]
    await putRetention(world, ann, { months: 12, reason: "As the privacy policy says" })
    await world.tell()
    for (const told of [ben, security]) {
      const [one, ...more] = await world.toldTo(told)
      assert.deepEqual([one?.kind, one?.details], ["retention-changed", { months: "12" }])
      assert.deepEqual(more, [])
    }
    for (const untold of [ann, member]) assert.deepEqual(await world.toldTo(untold), [])
  })

  it("keeps all of the record alarms nobody", async () => {
    await using world = await openTellingWorld()
    const [ann, ben] = [await world.person("administrator"), await world.person("administrator")]
    await putRetention(world, ann, { months: null, reason: "A lawsuit" })
    await world.tell()
    assert.deepEqual(await world.toldTo(ben), [])
  })

  it("keeps the record from a receiver is seen by the others", async () => {
    await using world = await openTellingWorld()
    const [ann, ben] = [await world.person("administrator"), await world.person("administrator")]
    const box = { seal: () => new Uint8Array(1), open: () => ({}) }
    const deps = { ...world, box }
    const { sink } = await makeSink(deps, ann, {
      kind: "jsonl",
      name: "Files",
      content: "own",
      settings: { directory: "files" },
      secrets: {},
      choice: { kind: "all" },
      checkpoints: true,
      from: "now",
    })
    await setSinkState(deps, ann, sink.id, "paused")
    await removeSink(deps, ann, sink.id)
    await world.tell()
    const told = await world.toldTo(ben)
    assert.deepEqual(told.map(({ details }) => details["how"]).toSorted(), ["paused", "removed"])
    assert.deepEqual(await world.toldTo(ann), [])
  })
})
