import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { assert as assertProperty, jsonValue, pre, property } from "fast-check"
import { canonicalText, isJsonObject, MalformedJson, parseLossless, writeLossless } from "./json.ts"

describe("reading JSON", () => {
  it("refuses a key that stands twice with two values", () => {
    assert.throws(() => parseLossless('{"method":"ping","method":"tools/call"}'), MalformedJson)
    assert.throws(() => parseLossless('{"a":{"b":1,"b":1.0}}'), /"b" stands twice/)
    assert.equal(writeLossless(parseLossless('{"a":1,"a":1}')), '{"a":1}')
  })

  it("refuses nesting beyond 64, and is not misled by brackets inside strings", () => {
    assert.throws(() => parseLossless("[".repeat(65) + "]".repeat(65)), /nested deeper/)
    assert.equal(parseLossless(`"${"[".repeat(200)}"`), "[".repeat(200))
    assert.throws(() => parseLossless("[".repeat(1_000_000)), /nested deeper/)
  })

  it("looks at each character once, however hostile the text", () => {
    const started = performance.now()
    for (const hostile of [`"${'\\"'.repeat(2_000_000)}`, '"\\', '"'.repeat(4_000_001)]) {
      assert.throws(() => parseLossless(hostile), MalformedJson)
    }
    // The quadratic reading of before needed an hour for this; a linear one well under a second.
    assert.ok(performance.now() - started < 20_000)
  })

  it("refuses what is not JSON", () => {
    for (const text of ["", "{", "NaN", "{'a':1}", "[1,]", '"unclosed']) {
      assert.throws(() => parseLossless(text), MalformedJson, text)
    }
  })

  it("keeps a member called __proto__ a member", () => {
    const value = parseLossless('{"__proto__":{"admin":true}}')
    assert.ok(isJsonObject(value))
    assert.deepEqual(Object.keys(value), ["__proto__"])
    assert.equal(writeLossless(value), '{"__proto__":{"admin":true}}')
    assert.equal(canonicalText(value), '{"__proto__":{"admin":true}}')
  })

  it("writes numbers as they were read", () => {
    const text = '{"id":9007199254740993,"price":1.10,"tiny":1e-400}'
    assert.equal(writeLossless(parseLossless(text)), text)
  })
})

describe("the canonical spelling", () => {
  it("tells apart integers that one double would merge", () => {
    const spellings = ["9007199254740992", "9007199254740993"].map((n) => canonicalText(parseLossless(n)))
    assert.notEqual(spellings[0], spellings[1])
    assert.equal(spellings[1], '{"tabard:number":"9007199254740993"}')
  })

  it("is one for one value, however it was spelt", () => {
    for (const [a, b] of [
      ["1.10", "1.1"],
      ["1e2", "100"],
      ["-0.0", "0"],
      ['{"b":1,"a":2}', '{"a":2,"b":1}'],
    ] as const) {
      assert.equal(canonicalText(parseLossless(a)), canonicalText(parseLossless(b)))
    }
  })

  it("differs for 0.1 and the long decimal that rounds to the same double", () => {
    assert.notEqual(
      canonicalText(parseLossless("0.1")),
      canonicalText(parseLossless("0.1000000000000000055511151231257827")),
    )
  })

  it("lets no object spell itself as the tag of a number", () => {
    const [number, object] = ["9007199254740993", '{"tabard:number":"9007199254740993"}'].map((text) =>
      canonicalText(parseLossless(text)),
    )
    assert.notEqual(number, object)
    assert.notEqual(object, canonicalText(parseLossless('{"tabard:tabard:number":"9007199254740993"}')))
  })

  it("reads each digit of a number once, however many zeros stand between two others", () => {
    const zeros = "0".repeat(2_000_000)
    for (const text of [`1${zeros}1`, `0.${zeros}1`, `1${zeros}1e-2000001`]) {
      assert.equal(canonicalText(parseLossless(text)), `{"tabard:number":"${text}"}`)
    }
  })

  it("refuses a lone surrogate, which has no spelling", () => {
    assert.throws(() => canonicalText("\ud800"), MalformedJson)
  })

  it("survives being read again, for any JSON value", () => {
    assertProperty(
      property(jsonValue({ maxDepth: 4 }), (value) => {
        pre(JSON.stringify(value).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(value)))
        const once = canonicalText(value)
        assert.equal(canonicalText(parseLossless(once)), once)
        assert.equal(canonicalText(parseLossless(JSON.stringify(value))), once)
      }),
    )
  })
})
