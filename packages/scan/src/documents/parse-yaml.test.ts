import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { MalformedDocument } from "./document.ts"
import { parseYaml, parseYamlDocuments } from "./parse-yaml.ts"

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

  it("takes over what is merged in, and what is said beside it stands", () => {
    const { value } = parseYaml("x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3\n", 64)
    assert.deepEqual(value, { x: { a: 1, b: 2 }, y: { a: 1, b: 3 } })
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
    "merges of merges": `a: &a {k: [x,x,x,x,x,x,x,x,x]}\n${"bcdefghi"
      .split("")
      .map(
        (name, at) =>
          `${name}: &${name} {<<: *${"abcdefgh"[at]}, ${name}: [${Array(9).fill(`*${"abcdefgh"[at]}`).join(",")}]}`,
      )
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
      assert.ok(performance.now() - start < 15_000)
    })
  }
})

describe("reading YAML of many documents", () => {
  it("answers each, with the lines of the whole file", () => {
    const documents = parseYamlDocuments("a: 1\n---\nb:\n  c: 2\n", 64)
    assert.deepEqual(
      documents.map(({ value }) => value),
      [{ a: 1 }, { b: { c: 2 } }],
    )
    assert.equal(documents[1]?.lineOf(["b", "c"]), 4)
  })

  it("answers none for an empty file, and one for one document", () => {
    assert.equal(parseYamlDocuments("", 64).length, 0)
    assert.equal(parseYamlDocuments("---\na: 1\n", 64).length, 1)
  })

  it("refuses more documents than people write, and one that is broken", () => {
    assert.throws(() => parseYamlDocuments("--- 1\n".repeat(2_000), 64), MalformedDocument)
    assert.throws(() => parseYamlDocuments("a: 1\n---\nb: 'x\n", 64), MalformedDocument)
  })
})
