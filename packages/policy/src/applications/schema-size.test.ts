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
