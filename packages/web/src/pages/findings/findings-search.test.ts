import { describe, expect, it } from "vitest"
import { filterOf, parseFindingsSearch } from "./findings-search.ts"

describe("the address of the findings", () => {
  it("asks for what is open where it says nothing", () => {
    expect(filterOf(parseFindingsSearch({}))).toEqual({ state: "open" })
  })

  it("keeps what a person could send to a colleague, and what is open beside the list asks for nothing more", () => {
    const said = {
      state: "accepted",
      severity: "high",
      rule: "no-owner",
      agent: "agt_01-a",
      finding: "fnd_01-b",
    }
    expect(parseFindingsSearch(said)).toEqual(said)
    expect(filterOf(parseFindingsSearch(said))).toEqual({
      state: "accepted",
      severity: "high",
      rule: "no-owner",
      agent: "agt_01-a",
    })
  })

  it("means nothing where it says what is not known", () => {
    expect(
      parseFindingsSearch({ state: "gone", severity: 1, rule: "<b>", finding: "x", by: "owner" }),
    ).toEqual({})
  })
})
