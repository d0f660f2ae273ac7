import { describe, expect, it } from "vitest"
import { dateFieldAfter, relativeTime, timeLeft } from "./time.ts"

const NOW = Date.parse("2026-11-21T12:00:00Z")

describe("a moment", () => {
  it("is told in the largest unit that fits", () => {
    expect(relativeTime("2026-11-21T11:59:58Z", NOW)).toBe("just now")
    expect(relativeTime("2026-11-21T11:57:00Z", NOW)).toBe("3 minutes ago")
    expect(relativeTime("2026-11-19T12:00:00Z", NOW)).toBe("2 days ago")
    expect(relativeTime("2027-02-19T12:00:00Z", NOW)).toBe("in 3 months")
    expect(relativeTime("never", NOW)).toBe("at an unknown time")
  })

  it("to come is told as it was given, a moment after it was", () => {
    expect(relativeTime("2026-11-24T11:59:58Z", NOW)).toBe("in 3 days")
    expect(relativeTime("2026-11-21T23:59:30Z", NOW)).toBe("in 12 hours")
  })

  it("that has passed is not told as more than it is", () => {
    expect(relativeTime("2026-11-18T12:00:02Z", NOW)).toBe("2 days ago")
  })

  it("that is still to come is counted down, and never below nothing", () => {
    expect(timeLeft("2026-11-21T12:04:05Z", NOW)).toBe("4:05")
    expect(timeLeft("2026-11-21T14:10:00Z", NOW)).toBe("2 h 10 min")
    expect(timeLeft("2026-11-24T16:10:00Z", NOW)).toBe("3 d 4 h")
    expect(timeLeft("2026-11-21T11:59:59Z", NOW)).toBe("expired")
    expect(timeLeft("never", NOW)).toBe("expired")
  })

  it("ninety days off is a date a form can hold", () => {
    expect(dateFieldAfter(90, NOW)).toBe("2027-02-19")
  })
})
