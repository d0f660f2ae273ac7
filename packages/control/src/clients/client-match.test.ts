import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId, systemClock } from "@tabard/core"
import { assertClientMatch } from "./client-match.ts"

describe("what a rule names clients by", () => {
  it("is an id of ours, an https address, or a host as addresses hold it", () => {
    for (const match of [
      newId("client", systemClock),
      "https://desk.example/client.json",
      "desk.example",
      "desk.example:8443",
      "localhost",
    ])
      assert.doesNotThrow(() => assertClientMatch(match), match)
  })

  it("is refused where no client could ever be found by it", () => {
    for (const match of [
      "",
      "Desk",
      "Desk.example",
      "our desk",
      "desk.example/",
      "desk.example:443",
      "ann@desk.example",
      "*.desk.example",
      "http://desk.example/client.json",
      "https://",
      newId("agent", systemClock),
    ])
      assert.throws(() => assertClientMatch(match), { code: "body_invalid" }, match)
  })
})
