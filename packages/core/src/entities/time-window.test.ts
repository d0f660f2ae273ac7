import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { isTimeZone, isWithinHours, type TimeWindow } from "./time-window.ts"

const OFFICE: TimeWindow = {
  days: ["mon", "tue", "wed", "thu", "fri"],
  from: "08:00",
  to: "18:00",
  zone: "Europe/Berlin",
}

/** 2026-11-23 is a Monday. */
const cases: readonly (readonly [window: TimeWindow, at: string, isWithin: boolean])[] = [
  [OFFICE, "2026-11-23T07:00:00Z", true],
  [OFFICE, "2026-11-23T06:59:59.999Z", false],
  [OFFICE, "2026-11-23T16:59:59.999Z", true],
  [OFFICE, "2026-11-23T17:00:00Z", false],
  [OFFICE, "2026-11-22T12:00:00Z", false],
  // The same hour of its clocks in summer.
  [OFFICE, "2026-07-20T06:00:00Z", true],
  [OFFICE, "2026-07-20T16:00:00Z", false],
  [{ ...OFFICE, days: ["fri"], from: "22:00", to: "06:00", zone: "UTC" }, "2026-11-28T05:59:00Z", true],
  [{ ...OFFICE, days: ["fri"], from: "22:00", to: "06:00", zone: "UTC" }, "2026-11-27T05:59:00Z", false],
  [{ ...OFFICE, days: ["fri"], from: "22:00", to: "06:00", zone: "UTC" }, "2026-11-28T22:00:00Z", false],
  [{ ...OFFICE, days: ["sun"], from: "22:00", to: "06:00", zone: "UTC" }, "2026-11-23T00:00:00Z", true],
  [{ ...OFFICE, days: ["mon"], from: "00:00", to: "24:00", zone: "UTC" }, "2026-11-23T23:59:59Z", true],
  [{ ...OFFICE, days: ["mon"], from: "00:00", to: "24:00", zone: "UTC" }, "2026-11-24T00:00:00Z", false],
  // Already Tuesday there.
  [
    { ...OFFICE, days: ["tue"], from: "00:00", to: "09:00", zone: "Asia/Tokyo" },
    "2026-11-23T15:00:00Z",
    true,
  ],
]

describe("hours of a time window", () => {
  for (const [window, at, isWithin] of cases) {
    const { days, from, to, zone } = window
    it(`${days.join(" ")} ${from} to ${to} ${zone} ${isWithin ? "hold" : "do not hold"} ${at}`, () => {
      assert.equal(isWithinHours([window], new Date(at)), isWithin)
    })
  }

  it("hold what one of several windows holds, and nothing where there is none", () => {
    const at = new Date("2026-11-22T12:00:00Z")
    assert.equal(isWithinHours([OFFICE, { ...OFFICE, days: ["sun"] }], at), true)
    assert.equal(isWithinHours([], at), false)
  })

  it("go by time zones that are known", () => {
    for (const zone of ["UTC", "Europe/Berlin", "America/New_York"]) assert.equal(isTimeZone(zone), true)
    for (const zone of ["", "Berlin", "Mars/Olympus"]) assert.equal(isTimeZone(zone), false)
  })
})
