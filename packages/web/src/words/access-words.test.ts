import { describe, expect, it } from "vitest"
import { capabilityWords, credentialWords, flagWords } from "./access-words.ts"

describe("the words of access", () => {
  it("name a credential's provider once", () => {
    expect(credentialWords({ provider: "GitHub", kind: "github-pat-classic" })).toBe("GitHub PAT classic")
    expect(credentialWords({ provider: "Stripe", kind: "secret" })).toBe("Stripe secret")
    expect(credentialWords({ provider: null, kind: "uri-password" })).toBe("URI password")
    expect(credentialWords({ provider: null, kind: "reference" })).toBe("A variable")
  })

  it("say what tools do, and that it is unknown where nothing is known", () => {
    expect(capabilityWords(["read", "financial", "levitate"])).toBe("reads, moves money, levitate")
    expect(capabilityWords([])).toBe("what it can do is not known")
  })

  it("show a flag without words of its own as it was reported", () => {
    expect([flagWords("unpinned"), flagWords("home-granted")]).toEqual(["not pinned", "home granted"])
  })
})
