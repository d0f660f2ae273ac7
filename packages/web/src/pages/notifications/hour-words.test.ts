import { expect, it } from "vitest"
import { hourWords } from "./hour-words.ts"

const WINTER = new Date("2026-01-15T12:00:00Z")

it("says the hour as the reader's clock shows it, and as it is kept", () => {
  expect(hourWords(7, "Europe/Zurich", WINTER)).toBe("08:00 (07:00 UTC)")
  expect(hourWords(23, "Asia/Kolkata", WINTER)).toBe("04:30 (23:00 UTC)")
  expect(hourWords(7, "UTC", WINTER)).toBe("07:00 (UTC)")
})
