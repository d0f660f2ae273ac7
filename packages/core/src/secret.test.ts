import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { inspect } from "node:util"
import { Secret } from "./secret.ts"

describe("a secret", () => {
  it("does not print, by any of the ways a value gets into a text", () => {
    const secret = new Secret("hunter2")
    const printed = [
      secret.toString(),
      String(secret),
      JSON.stringify({ secret }),
      inspect(secret),
      inspect({ secret }),
    ]
    for (const text of printed) assert.ok(!text.includes("hunter2"), text)
  })

  it("is told by reveal alone", () => {
    assert.equal(new Secret("hunter2").reveal(), "hunter2")
  })
})
