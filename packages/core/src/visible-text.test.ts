import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { visibleText } from "./visible-text.ts"

describe("text that a stranger wrote", () => {
  it("stays as it is where it is plain, in any script", () => {
    assert.equal(visibleText("~/Notizen/Größe 東京 👍"), "~/Notizen/Größe 東京 👍")
  })

  it("shows what would steer, hide or reorder", () => {
    assert.equal(visibleText("a\u001B[2J\u202E\u009B"), String.raw`a\u{1b}[2J\u{202e}\u{9b}`)
  })

  it("is cut where it has no end", () => {
    assert.equal(visibleText("x".repeat(10_000)).length, 400)
  })
})
