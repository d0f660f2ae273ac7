import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { canonicalFramework } from "./canonical-framework.ts"

describe("the id that a framework is counted by", () => {
  it("is the same for its aliases and for the libraries of one collection", () => {
    assert.equal(canonicalFramework("google-adk-java"), "google-adk")
    assert.equal(canonicalFramework("claude-code-action"), "gha-claude")
    assert.equal(canonicalFramework("browser-use"), "autogpt-style")
    assert.equal(canonicalFramework("crewai"), "crewai")
  })

  it("is the name itself where nothing is known of it", () => {
    assert.equal(canonicalFramework("claude-code"), "claude-code")
  })
})
