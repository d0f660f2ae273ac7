import { ArgumentRefused } from "./argument-refused.ts"
import { CedarRecord, type CedarValue } from "./cedar/values.ts"
import type { ReadForm } from "./forbidden-reads.ts"
import type { Members, Shape } from "./shape.ts"

/**
 * Refuses a number that has no form by which a policy forbids: one too large or with too many places for Cedar would be
 * passed over by the very limit that it goes beyond.
 */
export function assertForms(
  members: Members,
  rows: readonly (readonly (readonly [string, { readonly value: CedarValue }])[])[],
  forms: readonly ReadForm[],
): void {
  for (const { path, form } of forms) {
    const [name = "", ...rest] = path
    const shape = members.get(name)?.shape
    for (const row of rows) {
      const value = row.find(([given]) => given === name)?.[1].value
      const number = shape && numberAt(shape, value, rest)
      if (number && !number.members.has(form))
        throw new ArgumentRefused(
          `the argument ${path.join(".")} has no exact ${WORDS[form]}, and policies forbid by that: ${HELD[form]}`,
        )
    }
  }
}

const WORDS: Readonly<Record<ReadForm["form"], string>> = { long: "whole number", dec: "decimal" }

const HELD: Readonly<Record<ReadForm["form"], string>> = {
  long: "a whole number of 64 bits has one",
  dec: "a number of at most four decimal places below 922 trillion has one",
}

/** The number that stands there, if the schema has one there and the call gives it. */
function numberAt(
  shape: Shape,
  value: CedarValue | undefined,
  path: readonly string[],
): CedarRecord | undefined {
  if (!(value instanceof CedarRecord)) return undefined
  if (shape.kind === "each") return numberAt(shape.item, value, path)
  const [name, ...rest] = path
  if (name === undefined) return shape.kind === "number" ? value : undefined
  const member = shape.kind === "record" ? shape.members.get(name)?.shape : undefined
  return member && numberAt(member, value.members.get(name), rest)
}
