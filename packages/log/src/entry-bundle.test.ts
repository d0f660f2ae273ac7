import assert from "node:assert/strict"
import { describe, it } from "node:test"
import * as fc from "fast-check"
import { formatBundle, MAX_ENTRY_BYTES, parseBundle } from "./entry-bundle.ts"
import { MalformedRecord } from "./log-errors.ts"

describe("a bundle of entries", () => {
  it("for any entries, reads back", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array(), { maxLength: 256 }), (entries) => {
        assert.deepEqual(parseBundle(formatBundle(entries), entries.length), entries)
      }),
    )
  })

  it("holds an entry of 65,535 bytes, and refuses a longer one", () => {
    const [longest] = parseBundle(formatBundle([new Uint8Array(MAX_ENTRY_BYTES)]), 1)
    assert.equal(longest?.length, 65_535)
    assert.throws(() => formatBundle([new Uint8Array(65_536)]), MalformedRecord)
  })

  it("is refused where it ends early or goes on", () => {
    const whole = formatBundle([Uint8Array.of(1, 2, 3), Uint8Array.of(4)])
    for (let length = 0; length < whole.length; length++) {
      assert.throws(() => parseBundle(whole.subarray(0, length), 2), MalformedRecord)
    }
    assert.throws(() => parseBundle(whole, 1), MalformedRecord)
  })
})
