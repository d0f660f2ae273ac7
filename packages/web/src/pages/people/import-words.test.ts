import type { PeopleReport } from "@tabard/api"
import { describe, expect, it } from "vitest"
import { applyWords, canApply } from "./import-words.ts"

describe("the button of an import of people", () => {
  it("says what it will do, and to how many", () => {
    expect(applyWords(report({ entered: 1 }), false)).toBe("Enter 1 person")
    expect(applyWords(report({ entered: 3, changed: 2, missing: 4 }), true)).toBe(
      "Enter 3 people, change 2 and switch 4 off",
    )
    expect(applyWords(report({ missing: 1 }), true)).toBe("Switch 1 off")
  })

  it("does nothing where a line is refused, or nothing would happen", () => {
    expect([canApply(undefined, false), applyWords(undefined, false)]).toEqual([false, "Choose a file first"])
    const refused = report({ entered: 5, refused: 2 })
    expect([canApply(refused, false), applyWords(refused, false)]).toEqual([false, "Mend 2 lines first"])
    expect(applyWords(report({ missing: 4 }), false)).toBe("Nothing would change")
  })
})

function report(differs: Partial<PeopleReport>): PeopleReport {
  const none = { entered: 0, changed: 0, unchanged: 0, refused: 0, deactivated: 0, missing: 0 }
  return { applied: false, ...none, missingPeople: [], ignoredColumns: [], lines: [], ...differs }
}
