import assert from "node:assert/strict"
import { describe, it } from "node:test"
import * as fc from "fast-check"
import { askedWords, foldedTitle, wordsOf } from "./words.ts"

describe("the words of a text", () => {
  for (const [text, words] of [
    ["mcp-server-git", ["mcp", "server", "git"]],
    ["@modelcontextprotocol/server_github@1.2", ["modelcontextprotocol", "server", "github", "1", "2"]],
    ["GitHub", ["github", "git", "hub"]],
    ["InvoiceBot", ["invoicebot", "invoice", "bot"]],
    ["AWSCostReader", ["awscostreader", "aws", "cost", "reader"]],
    ["Größe ÉTÉ Straße", ["grosse", "ete", "strasse"]],
    ["ＦＵＬＬ ﬁle", ["full", "file"]],
    ["gi\u200Bt \u202Egit", ["git"]],
    ['=HYPERLINK("x")', ["hyperlink", "x"]],
    ["\u0000\u0007\uD800", []],
  ] as const) {
    it(`are ${JSON.stringify(words)} for ${JSON.stringify(text)}`, () => {
      assert.deepEqual(wordsOf(text), words)
    })
  }

  it("are those that a person would see, in scripts without spaces", () => {
    assert.ok(wordsOf("請求書エージェント").some((word) => word.startsWith("エーシェント")))
  })

  it("are told once each, and none is longer than 64 letters, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const words = wordsOf(text)
        assert.equal(new Set(words).size, words.length)
        assert.ok(words.every((word) => word.length > 0 && word.length <= 64 && word.isWellFormed()))
      }),
    )
  })

  it("hold every word that is asked for, for any text: what is copied finds its place", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), (text) => {
        const words = new Set(wordsOf(text))
        assert.ok(askedWords(text).every((word) => words.has(word)))
      }),
    )
  })

  it("of the longest text take no longer than those of a page", () => {
    assert.ok(wordsOf("a1B ".repeat(1_000_000)).length < 10)
  })
})

describe("a title", () => {
  it("is compared by its words alone", () => {
    assert.equal(foldedTitle("  MCP-Server: Git "), foldedTitle("mcp server git"))
    assert.equal(foldedTitle("..."), "")
  })
})
