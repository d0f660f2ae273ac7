import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { array, assert as assertProperty, constantFrom, property } from "fast-check"
import { isUnder, readPath } from "./path.ts"

describe("reading a path", () => {
  it("answers its one spelling", () => {
    for (const [text, path] of [
      ["/", "/"],
      ["/a//b/./c/", "/a/b/c"],
      ["/a/b/../c", "/a/c"],
      ["/../../a", "/a"],
      ["/a/..b/...", "/a/..b/..."],
    ] as const) {
      assert.deepEqual(readPath(text), { path })
    }
  })

  it("refuses what another reader could read otherwise", () => {
    for (const text of [
      "",
      "a/b",
      "./a",
      "~/a",
      "C:\\a",
      '"/a"',
      " /a",
      "/a ",
      "/a'",
      "/a\u00a0",
      "/a\0",
      "/a\nb",
    ]) {
      assert.ok("refused" in readPath(text), JSON.stringify(text))
    }
    assert.ok("refused" in readPath(`/${"a".repeat(5000)}`))
  })

  it("never leaves a folder unseen, for any mixture of segments", () => {
    const segments = array(constantFrom("..", ".", "", "a", "b"), { maxLength: 12 })
    assertProperty(
      property(segments, (parts) => {
        const read = readPath(`/base/${parts.join("/")}`)
        assert.ok("path" in read)
        // The URL parser resolves dot segments too, and was written by others.
        const folder = new URL(`file:///base/${parts.filter(Boolean).join("/")}`).pathname
        assert.equal(isUnder(read.path, "/base"), `${folder}/`.startsWith("/base/"))
      }),
    )
  })
})

describe("lying under a folder", () => {
  it("holds for the folder and what is in it, not for a neighbour that begins alike", () => {
    assert.ok(isUnder("/a/b", "/a/b"))
    assert.ok(isUnder("/a/b/c", "/a/b"))
    assert.ok(isUnder("/a", "/"))
    assert.equal(isUnder("/a/bc", "/a/b"), false)
    assert.equal(isUnder("/a", "/a/b"), false)
  })
})
