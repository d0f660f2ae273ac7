import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { sizeWords } from "./size-words.ts"

describe("the words for a size", () => {
  it("are mebibytes where it is a whole number of them, else bytes", () => {
    assert.deepEqual([0, 512, 2 ** 20, 16 * 2 ** 20, 2 ** 20 + 1].map(sizeWords), [
      "0 bytes",
      "512 bytes",
      "1 MiB",
      "16 MiB",
      "1048577 bytes",
    ])
  })
})
