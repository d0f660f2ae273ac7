import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Slots } from "./preparsed.ts"

describe("slots", () => {
  it("hold as many values as they may, forget the one used longest ago, and never give two keys one name", () => {
    const held = new Map<string, string>()
    const slots = slotsInto(held, 2)
    const get = (key: string): string | undefined => held.get(slots.nameOf(key, () => `value of ${key}`))
    for (const key of ["a", "b", "a", "c", "a", "b", "c", "a"]) {
      assert.equal(get(key), `value of ${key}`)
      assert.ok(held.size <= 2)
    }
  })

  it("parse a value once, as long as it is held", () => {
    let parsed = 0
    const slots = slotsInto(new Map(), 2)
    const value = (): string => `${++parsed}`
    for (const key of ["a", "b", "a", "b"]) slots.nameOf(key, value)
    assert.equal(parsed, 2)
  })

  it("lose no name to a value that cannot be parsed", () => {
    const held = new Map<string, string>()
    const slots = slotsInto(held, 2)
    slots.nameOf("a", () => "a")
    slots.nameOf("b", () => "b")
    assert.throws(() => slots.nameOf("c", () => "bad"), /cannot be parsed/)
    const names = ["b", "d"].map((key) => slots.nameOf(key, () => key))
    assert.deepEqual(
      names.map((name) => held.get(name)),
      ["b", "d"],
    )
    assert.throws(() => slotsInto(held, 0).nameOf("x", () => "bad"), /cannot be parsed/)
  })
})

function slotsInto(held: Map<string, string>, capacity: number): Slots<string> {
  return new Slots<string>("s", capacity, (name, value) => {
    if (value === "bad")
      return {
        type: "failure",
        errors: [{ message: "it cannot be parsed", help: null, code: null, url: null, severity: null }],
      }
    held.set(name, value)
    return { type: "success" }
  })
}
