import type { TimeWindow } from "@tabard/core"
import { describe, expect, it } from "vitest"
import { windowWords } from "./window-words.ts"

describe("a time window, said", () => {
  const office: TimeWindow = {
    days: ["mon", "tue", "wed", "thu", "fri"],
    from: "08:00",
    to: "18:00",
    zone: "Europe/Berlin",
  }

  it("joins days that follow each other, and names those that stand alone", () => {
    expect(windowWords(office)).toBe("Monday to Friday, 08:00 to 18:00 (Europe/Berlin)")
    expect(windowWords({ ...office, days: ["sun", "mon", "tue", "wed", "sat"] })).toBe(
      "Monday to Wednesday, Saturday and Sunday, 08:00 to 18:00 (Europe/Berlin)",
    )
    const all: TimeWindow["days"] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    expect(windowWords({ ...office, days: all })).toBe("every day, 08:00 to 18:00 (Europe/Berlin)")
  })

  it("says where it ends the day after it began", () => {
    expect(windowWords({ ...office, days: ["fri"], from: "22:00", to: "06:00", zone: "UTC" })).toBe(
      "Friday, 22:00 to 06:00 the next day (UTC)",
    )
    expect(windowWords({ ...office, days: ["sat"], to: "24:00" })).toBe(
      "Saturday, 08:00 to 24:00 (Europe/Berlin)",
    )
  })
})
