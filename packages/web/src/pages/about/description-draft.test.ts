import { describe, expect, it } from "vitest"
import { describedValue } from "./described-value.ts"
import { changeOf, type DescriptionDraft, EMPTY_DESCRIPTION, saidIn, toggled } from "./description-draft.ts"

const BEFORE: DescriptionDraft = {
  ...EMPTY_DESCRIPTION,
  name: "Invoice bot",
  environment: "staging",
  systems: "Stripe",
  dataClasses: ["personal"],
}

describe("describing an agent", () => {
  it("says only what was changed", () => {
    expect(changeOf(BEFORE, { ...BEFORE, systems: "Stripe, the ledger ,", purpose: " Pays " })).toEqual({
      purpose: "Pays",
      systems: ["Stripe", "the ledger"],
    })
    expect(changeOf(BEFORE, { ...BEFORE, systems: " Stripe " })).toEqual({})
  })

  it("takes back what was emptied", () => {
    expect(changeOf(BEFORE, { ...BEFORE, environment: "", dataClasses: [] })).toEqual({
      environment: null,
      dataClasses: null,
    })
  })

  it("says nothing of what an agent entered by hand leaves open", () => {
    expect(saidIn({ ...BEFORE, nextReview: "2026-12-01" })).toEqual({
      environment: "staging",
      systems: ["Stripe"],
      dataClasses: ["personal"],
      nextReview: "2026-12-01",
    })
  })

  it("turns a class of data on and off in one order", () => {
    expect(toggled(["payment"], "personal")).toEqual(["personal", "payment"])
    expect(toggled(["payment"], "payment")).toEqual([])
  })

  it("tells closed words as words, and people's own as they wrote them", () => {
    expect(describedValue("dataClasses", ["personal", "health"])).toBe("Personal, Health")
    expect(describedValue("systems", ["production"])).toBe("production")
    expect(describedValue("nextReview", "2026-12-01")).toBe("1 Dec 2026")
  })
})
