import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { ManualClock, newId } from "@tabard/core"
import { openTemporarySqlite } from "@tabard/store/testing"
import { StandingMemo } from "./standing-memo.ts"

describe("what is dear to count", () => {
  it("is counted once for all who ask, and not anew for what an agent does", async () => {
    await using world = await openWorld()
    assert.deepEqual(
      await Promise.all(Array.from({ length: 20 }, () => world.ask("everything"))),
      Array(20).fill(1),
    )
    await world.record("call.decided", "session.started", "token.issued")
    assert.equal(await world.ask("everything"), 1)
  })

  it("is counted anew as soon as an event may have changed it", async () => {
    await using world = await openWorld()
    await world.ask("everything")
    for (const [turn, type] of [
      "agent.suspended",
      "finding.opened",
      "person.deactivated",
      "scan.finished",
    ].entries()) {
      await world.record("call.decided", type)
      assert.equal(await world.ask("everything"), turn + 2, type)
      assert.equal(await world.ask("everything"), turn + 2)
    }
  })

  it("is counted anew for what time alone makes true", async () => {
    await using world = await openWorld()
    await world.ask("everything")
    world.clock.advance(29_000)
    assert.equal(await world.ask("everything"), 1)
    world.clock.advance(1_000)
    assert.equal(await world.ask("everything"), 2)
  })

  it("is never one person's for another", async () => {
    await using world = await openWorld()
    assert.equal(await world.ask("usr_1"), 1)
    assert.equal(await world.ask("usr_2"), 2)
    assert.equal(await world.ask("usr_1"), 1)
  })

  it("is asked for again where it could not be counted", async () => {
    await using world = await openWorld()
    await assert.rejects(
      world.memo.of("everything", async () => Promise.reject(new Error("the store is away"))),
    )
    assert.equal(await world.ask("everything"), 1)
  })
})

/** A memo over a store, whose counting counts how often it was done. */
async function openWorld() {
  const clock = new ManualClock("2026-11-01T12:00:00.000Z")
  const { store, ...opened } = await openTemporarySqlite({ clock })
  const organisation = await store.ensureOrganisation("acme", () => ({
    id: newId("organisation", clock),
    slug: "acme",
    name: "Acme",
    trustDomain: "acme.example",
  }))
  const shelf = store.shelf(organisation.id)
  const memo = new StandingMemo<number>({ shelf, clock })
  let counted = 0
  return {
    clock,
    memo,
    ask: (seers: string) =>
      memo.of(seers, async () => {
        counted += 1
        return counted
      }),
    async record(...types: readonly string[]) {
      const bytes = new TextEncoder().encode("{}")
      const base = { at: clock.now(), agent: null, task: null, call: null, bytes, index: null }
      await shelf.transact(({ outbox }) =>
        outbox.appendAll(types.map((type) => ({ ...base, id: newId("event", clock), type }))),
      )
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}
