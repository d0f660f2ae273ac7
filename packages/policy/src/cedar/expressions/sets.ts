import { type Code, type Compile, constant, folded, truth } from "../code.ts"
import { asSet, CedarRecord, CedarSet, type CedarValue } from "../values.ts"
import { binary, listOf, objectOf, unary } from "./parts.ts"

/** Sets and records, and what can be asked of sets. */
export const SETS: readonly (readonly [string, Compile])[] = [
  ["Set", (body, compile) => setOf(listOf(body).map(compile))],
  [
    "Record",
    (body, compile) => recordOf(Object.entries(objectOf(body)).map(([name, each]) => [name, compile(each)])),
  ],
  ["isEmpty", unary(({ run }) => truth((given) => asSet(run(given)).items.length === 0))],
  ["contains", binary(({ run: set }, { run: item }) => truth((given) => has(set(given), item(given))))],
  ["containsAll", binary(({ run: all }, { run: some }) => truth((given) => hasAll(all(given), some(given))))],
  [
    "containsAny",
    binary(({ run: one }, { run: other }) => truth((given) => hasAny(one(given), other(given)))),
  ],
]

function setOf(items: readonly Code[]): Code {
  return folded(items, { run: (given) => new CedarSet(items.map(({ run }) => run(given))) })
}

function recordOf(members: readonly (readonly [string, Code])[]): Code {
  if (members.length === 0) return constant(new CedarRecord(new Map()))
  return folded(
    members.map(([, code]) => code),
    { run: (given) => new CedarRecord(new Map(members.map(([name, { run }]) => [name, run(given)]))) },
  )
}

function has(set: CedarValue, item: CedarValue): boolean {
  return asSet(set).has(item)
}

function hasAll(all: CedarValue, some: CedarValue): boolean {
  const [outer, inner] = [asSet(all), asSet(some)]
  for (const item of inner.items) {
    if (!outer.has(item)) return false
  }
  return true
}

function hasAny(one: CedarValue, other: CedarValue): boolean {
  const [outer, inner] = [asSet(one), asSet(other)]
  for (const item of inner.items) {
    if (outer.has(item)) return true
  }
  return false
}
