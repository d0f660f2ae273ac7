import { describe, expect, it } from "vitest"
import { parseAuditSearch, soughtBy, wishesOf } from "./audit-search.ts"

describe("what the address says of the record", () => {
  it("is read member by member, and what it does not understand is left out", () => {
    const search = { agent: "agt_1", effect: "deny", group: "calls", from: "2026-11-01", tool: "notes/write" }
    expect(parseAuditSearch(search)).toEqual(search)
    expect(
      parseAuditSearch({
        agent: "usr_1",
        effect: "maybe",
        group: "x",
        from: "2026-13-41",
        place: "-1",
        event: 7,
      }),
    ).toEqual({})
  })

  it("asks for days of whoever reads, the last one to its end", () => {
    const { from, until } = wishesOf({ from: "2026-11-01", until: "2026-11-01" })
    expect(new Date(until ?? "").getTime() - new Date(from ?? "").getTime()).toBe(24 * 60 * 60 * 1000)
    expect(new Date(from ?? "").getHours()).toBe(0)
    expect(wishesOf({ event: "evt_1", place: "12" })).toEqual({ place: 12 })
  })

  it("finds by a pasted id or place what it leads to", () => {
    expect(soughtBy(" evt_1 ")).toMatchObject({ event: "evt_1" })
    expect(soughtBy("cal_1")).toMatchObject({ call: "cal_1" })
    expect(soughtBy("№ 1204")).toMatchObject({ place: "1204" })
    for (const text of ["", "invoice", "apr_1", "1.5", "evt_"]) expect(soughtBy(text)).toBeUndefined()
  })
})
