import assert from "node:assert/strict"
import { it } from "node:test"
import { csvText } from "./csv-text.ts"

it("writes no cell that is a formula, and none that ends its line", () => {
  const text = csvText(
    ["name", "place"],
    [
      ["=1+1", "a\rb"],
      ['say "hi"', "plain, really"],
      ["@x", "\t-1"],
    ],
  )
  assert.equal(text, '\uFEFFname,place\r\n\'=1+1,"a\rb"\r\n"say ""hi""","plain, really"\r\n\'@x,\'\t-1\r\n')
})
