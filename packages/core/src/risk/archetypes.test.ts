import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { ARCHETYPES, ORDER } from "./archetypes.fixture.ts"

describe("the archetypes", () => {
  it("are twenty-four, each told apart, and compared by their names", () => {
    const names = new Set(ARCHETYPES.map(({ name }) => name))
    assert.equal(names.size, 24)
    for (const name of ORDER.flat()) assert.ok(names.has(name), name)
  })
})
