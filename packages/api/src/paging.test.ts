import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Paged, type PageQuery, wholeList } from "./paging.ts"

describe("a whole list", () => {
  it("is every page, asked for one behind the other with the same filters, as one that nothing follows", async () => {
    const asked: object[] = []
    const pages = new Map([
      [undefined, { items: [1, 2], next: "a" }],
      ["a", { items: [3], next: "b" }],
      ["b", { items: [], next: null }],
    ])
    const answer = await wholeList(
      async (query: PageQuery & { readonly kind: string }) => {
        asked.push(query)
        return pages.get(query.after) ?? assert.fail("no such page")
      },
      { kind: "x", limit: 2 },
    )
    assert.deepEqual(answer, { items: [1, 2, 3], next: null })
    assert.deepEqual(
      asked,
      [undefined, "a", "b"].map((after) => ({ kind: "x", limit: 2, after })),
    )
  })

  it("ends where its signal says so", async () => {
    const stop = new AbortController()
    const endless = async (_: PageQuery, signal?: AbortSignal) => {
      signal?.throwIfAborted()
      stop.abort(new Error("enough"))
      return { items: [1], next: "more" }
    }
    await assert.rejects(wholeList(endless, {}, stop.signal), /enough/)
  })
})

describe("a page", () => {
  it("is asked for with one to a thousand items, and a cursor of bounded length", () => {
    for (const right of [{}, { limit: "1" }, { limit: 1000, after: "x" }, { after: "x".repeat(4096) }])
      assert.equal(Paged.safeParse(right).success, true)
    for (const wrong of [
      { limit: 0 },
      { limit: 1001 },
      { limit: "x" },
      { after: "" },
      { after: "x".repeat(4097) },
      { before: "x" },
    ])
      assert.equal(Paged.safeParse(wrong).success, false, JSON.stringify(wrong).slice(0, 40))
  })
})
