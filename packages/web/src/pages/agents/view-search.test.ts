import { expect, test } from "vitest"
import { searchOfView, viewSearchOf } from "./view-search.ts"

test("a view keeps filters, order and columns, and nothing of the moment", () => {
  const search = { sort: "-risk", band: "high", q: "a b&c=ü", pick: "all", agent: "agt_1" } as const
  const text = viewSearchOf(search)
  expect(text).toBe("band=high&q=a+b%26c%3D%C3%BC&sort=-risk")
  expect(searchOfView(text)).toEqual({ sort: "-risk", band: "high", q: "a b&c=ü" })
})

test("the same view has one text, in whatever order it was made", () => {
  expect(viewSearchOf({ band: "low", state: "active" })).toBe(viewSearchOf({ state: "active", band: "low" }))
  expect(viewSearchOf({})).toBe("")
})

test("what is not understood in a view is left out of it", () => {
  expect(searchOfView("band=terrible&made=up&state=active")).toEqual({ state: "active" })
})
