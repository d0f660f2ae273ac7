import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { readApplicationSchema } from "./application-schema.ts"

describe("the schema of an application", () => {
  it("is refused where its types double each other beyond what can be written out", () => {
    assert.throws(() => readApplicationSchema(doubling(40)), /more than 20000 members together/)
    assert.equal(readApplicationSchema(doubling(10)).entities.size, 2)
  })

  it("is refused where its types hold each other too deeply", () => {
    assert.throws(() => readApplicationSchema(chained(60)), /more than 20000 members together/)
    assert.equal(readApplicationSchema(chained(20)).entities.size, 2)
  })

  it("is refused before Cedar sees it where it declares more than can be followed, and Cedar goes on", () => {
    const chain = (each: (n: number) => string): string =>
      Array.from({ length: 10_000 }, (_, n) => each(n)).join("\n")
    const few = `entity U; entity R; action x appliesTo { principal: U, resource: R };`
    for (const text of [
      chain((n) => `type T${n + 1} = { a: T${n} };`),
      chain((n) => `type//\nT${n + 1}//"\n= T${n};`),
      chain((n) => `entity E${n + 1} in [E${n}];`),
      chain((n) => `action "a${n + 1}" in ["a${n}"];`),
      chain((n) => `action "};\\"${n}", b${n};`),
      `entity ${chain((n) => `E${n},`)} Last;`,
    ]) {
      assert.throws(
        () => readApplicationSchema(`namespace A { type T0 = String; entity E0; action a0; ${few} ${text} }`),
        /declares more than 500 types, kinds and actions/,
        text.slice(0, 60),
      )
    }
    assert.equal(readApplicationSchema(`namespace A { ${few} }`).actions.size, 1)
  })

  it("counts no text, no comment and no attribute for what it declares", () => {
    const words = "type entity action, ".repeat(600)
    const text = "namespace A { entity U { a: String }; }"
    assert.equal(readApplicationSchema(`// ${words}\n@doc("${words}")\n${text}`).entities.size, 1)
  })
})

function doubling(count: number): string {
  return schemaOf(count, (before) => `{a: ${before}, b: ${before}}`)
}

function chained(count: number): string {
  return schemaOf(count, (before) => `Set<${before}>`)
}

function schemaOf(count: number, next: (before: string) => string): string {
  const types = Array.from({ length: count }, (_, n) => `type T${n + 1} = ${next(`T${n}`)};`)
  return `namespace A { type T0 = {a: String}; ${types.join(" ")}
    entity U { a: T${count} }; entity R; action x appliesTo { principal: U, resource: R }; }`
}
