import { expect, test } from "vitest"
import { riskLinePath } from "./risk-line-shape.ts"

const NOW = Date.parse("2026-11-22T12:00:00Z")
const ago = (days: number): string => new Date(NOW - days * 86_400_000).toISOString()

test("a score is level until it changes, and stands at the end as it is now", () => {
  expect(riskLinePath([{ at: ago(60), score: 100 }], NOW)).toBe("M0,1H48")
  expect(
    riskLinePath(
      [
        { at: ago(60), score: 0 },
        { at: ago(30), score: 50 },
      ],
      NOW,
    ),
  ).toBe("M0,15H24V8H48")
})

test("an agent that is younger has a line that begins later, and one without a score none", () => {
  expect(riskLinePath([{ at: ago(15), score: 100 }], NOW)).toBe("M36,1H48")
  expect(riskLinePath([], NOW)).toBe("")
})
