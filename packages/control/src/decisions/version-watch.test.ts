import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { openControlWorld } from "../testing/control-world.ts"
import { VersionWatch } from "./version-watch.ts"

describe("watching for what another process changes", () => {
  it("has what is known forgotten once for each change that it sees, and looks ten times a second at most", async () => {
    await using world = await openControlWorld()
    const { transact, clock } = world
    let [reads, forgotten] = [0, 0]
    const watch = new VersionWatch({
      clock,
      snapshot: (work) => {
        reads++
        return world.snapshot(work)
      },
      forget: () => forgotten++,
    })
    const looked = async (): Promise<readonly number[]> => {
      await Promise.all([watch.look(), watch.look()])
      return [reads, forgotten]
    }
    assert.deepEqual(await looked(), [1, 1], "what was known before the first look may be of any version")
    await transact(({ organisation }) => organisation.bumpVersion())
    assert.deepEqual(await looked(), [1, 1])
    clock.advance(99)
    assert.deepEqual(await looked(), [1, 1])
    clock.advance(1)
    assert.deepEqual(await looked(), [2, 2])
    clock.advance(100)
    assert.deepEqual(await looked(), [3, 2], "nothing has changed")
    clock.advance(-1000)
    assert.deepEqual(await looked(), [4, 2], "a clock that is set back makes nothing last")
  })

  it("has it forgotten where it cannot be told, and lets nobody wait for that", async () => {
    await using world = await openControlWorld()
    let forgotten = 0
    const snapshot = () => Promise.reject(new Error("the store is gone"))
    const watch = new VersionWatch({ clock: world.clock, snapshot, forget: () => forgotten++ })
    await watch.look()
    assert.equal(forgotten, 1)
  })
})
