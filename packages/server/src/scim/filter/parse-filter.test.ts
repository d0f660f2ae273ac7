import assert from "node:assert/strict"
import { describe, it } from "node:test"
import * as fc from "fast-check"
import { refusalOf } from "../scim-refusal.ts"
import { keyInFilter } from "./key-in-filter.ts"
import { parseFilter, parsePatchPath } from "./parse-filter.ts"

const PIECES = [
  "userName",
  "emails",
  "eq",
  "and",
  "or",
  "not",
  "pr",
  "(",
  ")",
  "[",
  "]",
  '"a"',
  " ",
  ".value",
  "true",
  "7",
]

describe("a filter", () => {
  it("is read, or refused as one: for any text", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.constantFrom(...PIECES)).map((all) => all.join(" ")),
    )
    fc.assert(
      fc.property(text, (filter) => {
        for (const read of [parseFilter, parsePatchPath]) {
          try {
            read(filter)
          } catch (error) {
            assert.equal(refusalOf(error).scimType, "invalidFilter")
          }
        }
      }),
    )
  })

  it("keeps any value in quotes as it was meant", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (value) => {
        const filter = parseFilter(`userName eq ${JSON.stringify(value)}`)
        assert.deepEqual(keyInFilter(filter), { by: "userName", is: value })
      }),
    )
  })

  it("leads to somebody by a key only where nobody else can match", () => {
    const key = (text: string) => keyInFilter(parseFilter(text))
    assert.deepEqual(key('active eq true and externalId eq "x"'), { by: "externalId", is: "x" })
    assert.deepEqual(key('emails[type eq "work"].value eq "a@b"'), { by: "address", is: "a@b" })
    for (const open of [
      'userName eq "a" or userName eq "b"',
      'not (userName eq "a")',
      'userName ne "a"',
      'userName co "a"',
      "userName pr",
      'displayName eq "a"',
      'emails[type eq "work"]',
      'members[value eq "a"]',
    ])
      assert.equal(key(open), undefined, open)
  })
})
