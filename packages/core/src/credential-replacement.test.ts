import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { replacementOf } from "./credential-replacement.ts"

describe("what would replace a static credential", () => {
  const at = (provider: string | null, ...locations: string[]) =>
    replacementOf({ provider, storedAs: "env-reference", locations })

  it("is the platform's own word where the provider takes it", () => {
    assert.deepEqual(at("GitHub", "app/.github/workflows/agent.yml:12"), {
      way: "platform",
      words: "the run's own GITHUB_TOKEN",
    })
    assert.match(at("GitHub", "/home/ann/.claude.json:3")?.words ?? "", /GitHub App/)
    assert.match(at("AWS", ".gitlab-ci.yml")?.words ?? "", /identity token/)
  })

  it("is the agent's own identity where the credential opens Tabard", () => {
    assert.equal(at("Tabard", "agent.json")?.way, "own-identity")
  })

  it("is the same again with an end where nothing better is known, and out of the file where it lies open", () => {
    assert.deepEqual(at(null, "x"), { way: "expiring", words: "one with few rights and a date of expiry" })
    const open = replacementOf({ provider: "Linear", storedAs: "plaintext", locations: [] })
    assert.match(open?.words ?? "", /keychain/)
  })

  it("is nothing where it is kept so that only those get it who may", () => {
    for (const storedAs of ["keychain", "helper"] as const)
      assert.equal(replacementOf({ provider: "AWS", storedAs, locations: [] }), null)
  })
})
