import { describe, expect, it } from "vitest"
import { refusedWords } from "./consent-words.ts"
import { rememberRequest, requestIn, takeRequest } from "./pending-consent.ts"

const NOW = 1_700_000_000_000

function tab(): Storage {
  const kept = new Map<string, string>()
  return {
    length: 0,
    clear: () => kept.clear(),
    key: () => null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  }
}

describe("a client's request", () => {
  it("is found in its own address, and in no other", () => {
    expect(requestIn("/consent/abc_DEF-1")).toBe("abc_DEF-1")
    for (const path of [
      "/",
      "/consent/",
      "/consent",
      "/agents/x",
      "/consent/a/b",
      "/consent/%2e",
      "//consent/x",
    ])
      expect(requestIn(path)).toBeUndefined()
  })

  it("is remembered while its person signs in: once, and for a quarter of an hour", () => {
    const storage = tab()
    rememberRequest(storage, "abc", NOW)
    expect(takeRequest(storage, NOW + 1)).toBe("/consent/abc")
    expect(takeRequest(storage, NOW + 2)).toBeUndefined()
    rememberRequest(storage, "abc", NOW)
    expect(takeRequest(storage, NOW + 16 * 60_000)).toBeUndefined()
  })

  it("leads nowhere else, whatever stands in the tab", () => {
    const storage = tab()
    for (const id of ["../agents", "//evil.example", "https://evil.example", "a/b", ""]) {
      rememberRequest(storage, id, NOW)
      expect(takeRequest(storage, NOW)).toBeUndefined()
    }
  })

  it("says of an unknown code nothing that the address says", () => {
    expect(refusedWords("<b>your bank</b>")).not.toMatch(/bank/)
    expect(refusedWords(null)).toMatch(/over/)
  })
})
