import { describe, expect, it } from "vitest"
import { proofWords } from "./instance-words.ts"

describe("how an install proves itself, in words", () => {
  it("says where a key is, where the install has said so", () => {
    expect(proofWords({ kind: "key", keyStorage: "tpm" })).toBe("by a key that it keeps in a TPM")
    expect(proofWords({ kind: "key", keyStorage: null })).toBe("by a key that it enrolled")
  })

  it("tells of no key where there is none", () => {
    expect(proofWords({ kind: "federated", keyStorage: null })).not.toContain("key")
    expect(proofWords({ kind: "client", keyStorage: null })).not.toContain("key")
  })
})
