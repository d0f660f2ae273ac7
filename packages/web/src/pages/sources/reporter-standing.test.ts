import { describe, expect, it } from "vitest"
import { reporterStanding } from "./reporter-standing.ts"

const NOW = Date.parse("2026-03-10T12:00:00Z")

describe("how a machine that reports stands", () => {
  it("is silent once it has not reported for a week", () => {
    expect(standing("2026-03-04T12:00:00Z")).toBe("Reporting")
    expect(standing("2026-03-02T12:00:00Z")).toBe("Silent")
  })

  it("is told from one that never reported", () => {
    expect(reporterStanding({ revokedAt: null, lastReport: null }, NOW).words).toBe("Not yet")
  })

  it("is revoked whatever it sent before", () => {
    const lastReport = { scan: "scn_1", at: "2026-03-10T11:00:00Z", agents: 1, unreadable: 0 }
    expect(reporterStanding({ revokedAt: "2026-03-10T11:30:00Z", lastReport }, NOW).words).toBe("Revoked")
  })
})

function standing(at: string): string {
  return reporterStanding(
    { revokedAt: null, lastReport: { scan: "scn_1", at, agents: 1, unreadable: 0 } },
    NOW,
  ).words
}
