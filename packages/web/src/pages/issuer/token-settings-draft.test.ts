import { DEFAULT_TOKEN_SETTINGS } from "@tabard/core"
import { describe, expect, it } from "vitest"
import { draftOf, settingsOf, withTier } from "./token-settings-draft.ts"

describe("what is settled about tokens, while it is written", () => {
  it("is what is kept, where nobody wrote anything", () => {
    const kept = {
      ...DEFAULT_TOKEN_SETTINGS,
      networks: { ...DEFAULT_TOKEN_SETTINGS.networks, operator: ["10.0.0.0/8", "fd00::/8"] },
    }
    expect(settingsOf(draftOf(kept), kept)).toEqual(kept)
  })

  it("takes networks by lines, by commas and with gaps", () => {
    const draft = draftOf(DEFAULT_TOKEN_SETTINGS)
    const typed = { ...draft, networks: { ...draft.networks, operator: " 10.0.0.0/8,\n\n fd00::/8 " } }
    expect(settingsOf(typed, DEFAULT_TOKEN_SETTINGS).networks.operator).toEqual(["10.0.0.0/8", "fd00::/8"])
  })

  it("leaves what was settled of clients since the writing began", () => {
    const since = { ...DEFAULT_TOKEN_SETTINGS, clientRegistration: "by-token" } as const
    expect(settingsOf(draftOf(DEFAULT_TOKEN_SETTINGS), since)).toEqual(since)
  })

  it("names each tier once, whatever was ticked before", () => {
    expect(withTier(["operator"], "read-only", true)).toEqual(["read-only", "operator"])
    expect(withTier(["read-only", "operator"], "operator", false)).toEqual(["read-only"])
  })
})
