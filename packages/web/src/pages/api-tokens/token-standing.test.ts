import { describe, expect, it } from "vitest"
import { tokenStanding } from "./token-standing.ts"

const NOW = Date.parse("2026-11-22T12:00:00Z")

describe("how a token stands", () => {
  it.each([
    ["2027-02-01T00:00:00Z", null, "Live", true],
    ["2026-12-01T00:00:00Z", null, "Ends soon", true],
    ["2026-11-22T12:00:00Z", null, "Expired", false],
    ["2027-02-01T00:00:00Z", "2026-11-01T00:00:00Z", "Revoked", false],
    ["no date", null, "Expired", false],
  ])("of one until %s, revoked %s, is told as %s", (expiresAt, revokedAt, words, live) => {
    expect(tokenStanding({ expiresAt, revokedAt }, NOW)).toMatchObject({ words, live })
  })
})
