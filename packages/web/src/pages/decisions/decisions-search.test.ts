import { describe, expect, it } from "vitest"
import { filterOf, parseDecisionsSearch, soughtBy } from "./decisions-search.ts"

describe("the address of the decisions", () => {
  it("keeps what it understands, and leaves out the rest", () => {
    const search = {
      effect: "deny",
      code: "forbidden",
      policy: "guard/1",
      decision: "dec_1",
      part: "what-if",
    }
    expect(parseDecisionsSearch({ ...search, agent: "<b>", from: "never", other: "x" })).toEqual(search)
    expect(parseDecisionsSearch({ effect: "maybe", code: "x", decision: "evt_1", part: "why" })).toEqual({})
  })

  it("asks the server for what is shown, and not for what is open beside it", () => {
    const filter = filterOf({ tool: "notes", code: "forbidden", decision: "dec_1", from: "2026-11-22" })
    expect(filter).toMatchObject({ tool: "notes", code: "forbidden" })
    expect(filter.from).toMatch(/^2026-11-2/)
    expect(Object.keys(filter)).not.toContain("decision")
  })

  it("finds by an id or a policy, and by nothing else", () => {
    expect(soughtBy(" cal_1 ")).toMatchObject({ decision: "cal_1" })
    expect(soughtBy("agt_1")).toMatchObject({ agent: "agt_1" })
    expect(soughtBy("agt_1/hand/2")).toEqual({ policy: "agt_1/hand/2" })
    expect(soughtBy("guard/1")).toEqual({ policy: "guard/1" })
    expect(soughtBy("no such")).toBeUndefined()
  })
})
