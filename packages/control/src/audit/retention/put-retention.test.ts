import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { openControlWorld } from "../../testing/control-world.ts"
import { putRetention } from "./put-retention.ts"

describe("settling how long the record is kept", () => {
  it("keeps for how long, who settled it, when and why, and records it", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    const settled = await putRetention(world, ann, { months: 24, reason: "The works council agreed" })
    assert.deepEqual(settled, {
      months: 24,
      reason: "The works council agreed",
      setBy: ann.id,
      setAt: world.clock.now(),
    })
    assert.deepEqual(await world.snapshot(({ retention }) => retention.find()), settled)
    await putRetention(world, ann, { months: null, reason: "A lawsuit" })
    const [first, second] = await world.events("retention.changed")
    assert.deepEqual(first?.["data"], { months: 24, before: null, reason: "The works council agreed" })
    assert.deepEqual(second?.["data"], { months: null, before: 24, reason: "A lawsuit" })
  })

  it("changes nothing and records nothing where it is so already", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    const first = await putRetention(world, ann, { months: 12, reason: "One" })
    world.clock.advance(1000)
    assert.deepEqual(await putRetention(world, ann, { months: 12, reason: "Two" }), first)
    assert.equal((await world.events("retention.changed")).length, 1)
  })

  it("is shorter than six months only where that is said to be meant", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    await assert.rejects(putRetention(world, ann, { months: 5, reason: "Short" }), /acknowledgeShort/)
    assert.equal(await world.snapshot(({ retention }) => retention.find()), undefined)
    const short = { months: 5, reason: "Short", acknowledgeShort: true }
    assert.equal((await putRetention(world, ann, short)).months, 5)
    assert.equal((await putRetention(world, ann, { months: 6, reason: "Longer" })).months, 6)
  })

  it("is refused to everybody but administrators, and for no number of months", async () => {
    await using world = await openControlWorld()
    for (const role of ["security", "auditor", "member"] as const) {
      const by = await world.person(role)
      await assert.rejects(putRetention(world, by, { months: 12, reason: "x" }), { code: "not_allowed" })
    }
    const ann = await world.person("administrator")
    for (const months of [0, -1, 1.5, 1201, Number.NaN]) {
      const wish = { months, reason: "x", acknowledgeShort: true }
      await assert.rejects(putRetention(world, ann, wish), { code: "body_invalid" })
    }
  })
})
