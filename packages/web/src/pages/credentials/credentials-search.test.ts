import { describe, expect, it } from "vitest"
import { credentialFilterOf, isNarrowed, parseCredentialsSearch } from "./credentials-search.ts"

describe("the address of the credentials", () => {
  it("says which are asked for, and leaves out what it does not understand", () => {
    const search = parseCredentialsSearch({
      storedAs: "plaintext",
      provider: "AWS",
      shared: "yes",
      vanished: "perhaps",
      credential: "agt_1",
    })
    expect(search).toEqual({ storedAs: "plaintext", provider: "AWS", shared: "yes" })
    expect(credentialFilterOf(search)).toEqual({
      storedAs: "plaintext",
      provider: "AWS",
      kind: undefined,
      shared: true,
      vanished: false,
    })
  })

  it("is narrowed by a filter, not by what is open beside the list", () => {
    expect(isNarrowed({ credential: "crd_1" })).toBe(false)
    expect(isNarrowed({ shared: "yes", credential: "crd_1" })).toBe(true)
  })
})
