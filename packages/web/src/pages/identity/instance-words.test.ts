import type { InstanceView } from "@tabard/api"
import { describe, expect, it } from "vitest"
import { proofWords } from "./instance-words.ts"

describe("how an install proves itself, in words", () => {
  it("says where a key is, where the install has said so", () => {
    expect(words({ keyStorage: "tpm" })).toBe("by a key that it keeps in a TPM")
    expect(words({})).toBe("by a key that it enrolled")
  })

  it("says whose word counts for a workload, also once its rule is gone", () => {
    const trustRule = { id: "trl_1", form: "gcp", issuer: "https://accounts.google.com" } as const
    expect(words({ kind: "federated", trustRule })).toContain("Google Cloud (https://accounts.google.com)")
    const another = { ...trustRule, form: "openid", issuer: "https://id.example" } as const
    expect(words({ kind: "federated", trustRule: another })).toBe(
      "by what https://id.example says of it, under a trust rule",
    )
    expect(words({ kind: "federated" })).toContain("was removed")
  })

  it("says which client a person signed in, and who", () => {
    const signedIn = { client: "cli_1", name: "Desk assistant", person: { id: "usr_1", name: "Ann" } }
    expect(words({ kind: "client", signedIn })).toBe("as the MCP client Desk assistant, which Ann signed in")
    expect(words({ kind: "client" })).toBe("as an MCP client that a person signed in")
  })

  it("names what would hide in a name that a client gave itself", () => {
    const signedIn = { client: "cli_1", name: "Desk\u202eassistant", person: { id: "usr_1", name: "Ann" } }
    expect(words({ kind: "client", signedIn })).not.toContain("\u202e")
  })
})

function words(differs: Partial<InstanceView>): string {
  return proofWords({ kind: "key", keyStorage: null, signedIn: null, trustRule: null, ...differs })
}
