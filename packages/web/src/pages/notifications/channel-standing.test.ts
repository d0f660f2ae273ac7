import { expect, it } from "vitest"
import { channelStanding } from "./channel-standing.ts"

const NOW = Date.parse("2026-11-01T12:00:00Z")
const well = { failures: 0, restsUntil: null, workedAt: null }

it("says whether a channel works, fails or is left alone for a while", () => {
  const words = (differs: Partial<Parameters<typeof channelStanding>[0]>) =>
    channelStanding({ ...well, ...differs }, NOW).words
  expect(words({})).toBe("Not tried yet")
  expect(words({ workedAt: "2026-11-01T11:00:00Z" })).toBe("Works")
  expect(words({ failures: 1, workedAt: "2026-11-01T11:00:00Z" })).toBe("Failing")
  expect(words({ failures: 9, restsUntil: "2026-11-01T12:00:01Z" })).toBe("Resting")
  expect(words({ failures: 9, restsUntil: "2026-11-01T11:59:59Z" })).toBe("Failing")
})
