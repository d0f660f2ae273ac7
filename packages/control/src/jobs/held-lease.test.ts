import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type ControlWorld, openControlWorld } from "../testing/control-world.ts"
import { HeldLease } from "./held-lease.ts"

describe("a lease that is held", () => {
  it("is asked of the store again only after a quarter of its time, and taken over after its end", async () => {
    await using world = await openControlWorld()
    const [one, two] = [lease(world, "one"), lease(world, "two")]
    const fence = await one.fence()
    assert.equal(await two.fence(), undefined)
    world.clock.advance(900)
    assert.equal(await one.fence(), fence, "not renewed yet")
    world.clock.advance(3_200)
    assert.notEqual(await two.fence(), undefined, "it ended four seconds after it was taken")
    assert.equal(await one.fence(), undefined)
  })

  it("stays with who renews it, also where the clock goes backwards", async () => {
    await using world = await openControlWorld()
    const [one, two] = [lease(world, "one"), lease(world, "two")]
    const fence = await one.fence()
    for (const step of [2_000, 2_000, 2_000, -5_000, 2_000]) {
      world.clock.advance(step)
      assert.equal(await one.fence(), fence)
      assert.equal(await two.fence(), undefined)
    }
  })

  it("is given back, and asked for anew by who forgot it", async () => {
    await using world = await openControlWorld()
    const [one, two] = [lease(world, "one"), lease(world, "two")]
    const fence = await one.fence()
    await one[Symbol.asyncDispose]()
    two.forget()
    assert.ok(((await two.fence()) ?? 0) > (fence ?? 0))
    one.forget()
    assert.equal(await one.fence(), undefined)
  })
})

function lease(world: ControlWorld, holder: string): HeldLease {
  return new HeldLease({ ...world, holder }, { job: "log", ms: 4_000 })
}
