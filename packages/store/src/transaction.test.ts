import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId, systemClock } from "@tabard/core"
import { openTemporarySqlite } from "./testing/temporary-sqlite.ts"

describe("the stores of a transaction", () => {
  it("are the same ones whenever they are asked for, and all there where a transaction is copied", async () => {
    await using opened = await openTemporarySqlite()
    const shelf = opened.store.shelf(newId("organisation", systemClock))
    await shelf.snapshot(async (tx) => {
      const { agents, ...others } = tx
      assert.equal(agents, tx.agents)
      assert.equal(others.tokens, tx.tokens)
      const copy = { ...tx }
      assert.equal(await copy.tokens.find("none"), undefined)
      assert.equal(copy.tokens, tx.tokens)
    })
  })

  it("are those that there are, and no others", async () => {
    await using opened = await openTemporarySqlite()
    const shelf = opened.store.shelf(newId("organisation", systemClock))
    await shelf.snapshot(async (tx) => {
      assert.equal(Reflect.get(tx, "constructor"), undefined)
      assert.equal(Reflect.get(tx, "then"), undefined)
    })
  })
})
