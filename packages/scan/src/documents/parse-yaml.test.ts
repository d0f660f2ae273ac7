import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { MalformedDocument } from "./document.ts"
import { parseYaml } from "./parse-yaml.ts"

describe("reading YAML", () => {
  it("answers its value, and the line of each part", () => {
    const document = parseYaml("a: 1\nb:\n  - name: x\n    cmd: y\n", 64)
    assert.deepEqual(document.value, { a: 1, b: [{ name: "x", cmd: "y" }] })
    assert.equal(document.lineOf(["b", 0, "cmd"]), 4)
    assert.equal(document.lineOf(["c"]), null)
  })

  it("takes an empty file for one that says nothing", () => {
    assert.equal(parseYaml("", 64).value, null)
  })

  it("makes nothing of tags: a stranger's file constructs no object", () => {
    assert.deepEqual(parseYaml("a: !!js/function 'x'\n", 64).value, { a: "x" })
  })

  const hostile: Readonly<Record<string, string>> = {
    "a mistake": 'a: "canary',
    "brackets in brackets": "[".repeat(5_000),
    "dashes in dashes": "- ".repeat(5_000),
    "ever deeper lines": Array.from({ length: 200 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
    "aliases of aliases": `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghi"
      .split("")
      .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[at]}`).join(",")}]`)
      .join("\n")}`,
    "more than a configuration": "a: b\n".repeat(300_000),
  }
  for (const [what, text] of Object.entries(hostile)) {
    it(`refuses ${what} soon, and quotes nothing of it`, () => {
      const start = performance.now()
      assert.throws(
        () => parseYaml(text, 64),
        (error) => error instanceof MalformedDocument && !error.message.includes("canary"),
      )
      assert.ok(performance.now() - start < 2_000)
    })
  }
})
