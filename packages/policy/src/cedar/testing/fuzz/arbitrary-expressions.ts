import * as fc from "fast-check"
import { quote } from "../../../cedar.ts"
import { ATTRIBUTES, entityUids, longs, type Sort, type SPELLINGS, spellings, TYPES, texts } from "./words.ts"

/** Expressions as text, by the type of value that they mostly come to; `any` comes to whatever. */
export type Expressions = Readonly<Record<Sort | "any", fc.Arbitrary<string>>>

type Parts = readonly (string | fc.Arbitrary<string>)[]

/** How deep expressions go. */
const SHALLOW = { depthSize: "small", maxDepth: 4 } as const

/** Where a double, or 64 bits, come to their end. */
const EDGES = [2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n), 0n]

/** Integers whose products come to lie about those ends. */
const FACTORS = [
  -1n,
  0n,
  2n,
  94_906_265n,
  94_906_266n,
  94_906_267n,
  3_037_000_499n,
  3_037_000_500n,
  2n ** 52n,
  2n ** 62n,
]

const IDENTIFIER = /^[A-Za-z_]\w*$/

/** Every expression that Cedar has, well typed for the most part and ill typed now and then. */
export const expressions: Expressions = fc.letrec<Record<Sort | "any", string>>((tie) => {
  const t: Expressions = {
    any: tie("any"),
    bool: tie("bool"),
    long: tie("long"),
    text: tie("text"),
    entity: tie("entity"),
    set: tie("set"),
    record: tie("record"),
    decimal: tie("decimal"),
    ip: tie("ip"),
    datetime: tie("datetime"),
    duration: tie("duration"),
  }
  return {
    any: fc.oneof(SHALLOW, ...Object.entries(t).flatMap(([sort, each]) => (sort === "any" ? [] : [each]))),
    bool: ofSort("bool", t, fc.boolean().map(String), booleans(t)),
    long: ofSort("long", t, longs.map(String), numbers(t)),
    text: ofSort("text", t, texts.map(quote), []),
    entity: ofSort("entity", t, entityLiterals(), []),
    set: ofSort("set", t, fc.constant("[]"), [list(t.any), list(t.long), list(t.entity), list(t.text)]),
    record: ofSort("record", t, fc.constant("context"), [recordLiterals(t)]),
    decimal: ofSort("decimal", t, called("decimal"), []),
    ip: ofSort("ip", t, called("ip"), []),
    datetime: ofSort("datetime", t, called("datetime"), [
      written(t.datetime, ".offset(", t.duration, ")"),
      written(t.datetime, ".toDate()"),
    ]),
    duration: ofSort("duration", t, called("duration"), [
      written(t.datetime, ".durationSince(", t.datetime, ")"),
      written(t.datetime, ".toTime()"),
    ]),
  }
})

/** Whatever can be of a type: literals first, where it must end; then attributes, tags, choices; seldom another type. */
function ofSort(
  name: Sort,
  t: Expressions,
  literal: fc.Arbitrary<string>,
  operators: readonly fc.Arbitrary<string>[],
): fc.Arbitrary<string> {
  return fc.oneof(
    SHALLOW,
    { weight: 4, arbitrary: literal },
    ...operators.map((arbitrary) => ({ weight: 3, arbitrary })),
    {
      weight: 3,
      arbitrary: written(holders(t), fc.constantFrom(...ATTRIBUTES[name]).map(access)),
    },
    { weight: 1, arbitrary: written("(if ", t.bool, " then ", t[name], " else ", t[name], ")") },
    { weight: 1, arbitrary: written(entityLiterals(), ".getTag(", t.text, ")") },
    { weight: 1, arbitrary: t.any },
  )
}

function booleans(t: Expressions): fc.Arbitrary<string>[] {
  const order = fc.constantFrom(" < ", " <= ", " > ", " >= ")
  const both = fc.constantFrom(" && ", " || ")
  const sets = fc.constantFrom(".containsAll(", ".containsAny(")
  const decimals = fc.constantFrom(".lessThan(", ".lessThanOrEqual(", ".greaterThan(", ".greaterThanOrEqual(")
  const ips = fc.constantFrom(".isIpv4()", ".isIpv6()", ".isLoopback()", ".isMulticast()")
  const attribute = fc.constantFrom(...Object.values(ATTRIBUTES).flat())
  return [
    written("(!", t.bool, ")"),
    written("(", t.bool, both, t.bool, ")"),
    written("(", t.any, fc.constantFrom(" == ", " != "), t.any, ")"),
    written("(", t.long, order, t.long, ")"),
    written("(", t.datetime, order, t.datetime, ")"),
    written("(", t.duration, order, t.duration, ")"),
    written("(", t.entity, " in ", fc.oneof(t.entity, list(t.entity)), ")"),
    written("(", t.entity, " is ", fc.constantFrom(...TYPES), ")"),
    written("(", t.entity, " is ", fc.constantFrom(...TYPES), " in ", t.entity, ")"),
    written("(", holders(t), " has ", paths(attribute), ")"),
    written("(", t.text, " like ", patterns(), ")"),
    written("(", entityLiterals(), " in [", entityLiterals(), ", ", t.any, "])"),
    overlapping(),
    likeSets(),
    sums(),
    written(t.set, ".contains(", t.any, ")"),
    written(t.set, sets, t.set, ")"),
    written(t.set, ".isEmpty()"),
    written(t.entity, ".hasTag(", t.text, ")"),
    written(t.decimal, decimals, t.decimal, ")"),
    written(t.ip, ips),
    written(t.ip, ".isInRange(", t.ip, ")"),
  ]
}

function numbers(t: Expressions): fc.Arbitrary<string>[] {
  const units = [".toMilliseconds()", ".toSeconds()", ".toMinutes()", ".toHours()", ".toDays()"]
  return [
    written("(", t.long, fc.constantFrom(" + ", " - ", " * "), t.long, ")"),
    written("(-", t.long, ")"),
    written(t.duration, fc.constantFrom(...units)),
  ]
}

/** Parts written one after another. */
function written(...parts: Parts): fc.Arbitrary<string> {
  return fc
    .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
    .map((all) => all.join(""))
}

/** What has attributes: the variables above all, which mostly have them. */
function holders(t: Expressions): fc.Arbitrary<string> {
  const known = fc.constantFrom("context", "principal", "resource", "context.inner", "principal.inner")
  return fc.oneof({ weight: 8, arbitrary: known }, t.record, t.entity)
}

function entityLiterals(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom("principal", "action", "resource"),
    entityUids.map(({ type, id }) => `${type}::${quote(id)}`),
  )
}

function patterns(): fc.Arbitrary<string> {
  const literal = texts.map((text) => quote(text).slice(1, -1).replaceAll("*", "\\*"))
  return fc.array(fc.oneof(fc.constant("*"), literal), { maxLength: 4 }).map((parts) => `"${parts.join("")}"`)
}

/** Pieces that could lie over each other, within a text of two letters. */
function overlapping(): fc.Arbitrary<string> {
  const letters = fc.stringMatching(/^[ab]{0,5}$/)
  const pattern = fc.array(fc.stringMatching(/^[ab]{0,2}$/), { minLength: 1, maxLength: 4 })
  return fc.tuple(letters, pattern).map(([text, pieces]) => `("${text}" like "${pieces.join("*")}")`)
}

/** Sets of the same few items, in another order and more or less often. */
function likeSets(): fc.Arbitrary<string> {
  const items = ["1", "2", '"1"', "[1]", "[1, 1]", "{a: 1}", "principal"]
  const set = fc.array(fc.constantFrom(...items), { maxLength: 5 }).map((all) => `[${all.join(", ")}]`)
  const relation = fc.constantFrom(
    "A == B",
    "A.containsAll(B)",
    "A.containsAny(B)",
    "[A].contains(B)",
    "{a: A} == {a: B}",
  )
  return fc
    .tuple(set, set, relation)
    .map(([a, b, text]) => text.replace("A", () => a).replace("B", () => b))
    .map((text) => `(${text})`)
}

/** Sums, differences and products beside what they come to, or nearly: a digit that is lost shows. */
function sums(): fc.Arbitrary<string> {
  const few = fc.bigInt({ min: -2n, max: 3n })
  const factor = fc.constantFrom(...FACTORS)
  const parts = fc
    .tuple(fc.constantFrom(...EDGES), few, few)
    .map(([edge, a, b]) => ({ a: edge - a, b: a + b }))
  const equations = fc.oneof(
    parts.map(({ a, b }) => ({ text: `${long(a)} + ${long(b)}`, result: a + b })),
    parts.map(({ a, b }) => ({ text: `${long(a)} - ${long(-b)}`, result: a + b })),
    fc.tuple(factor, factor).map(([a, b]) => ({ text: `${long(a)} * ${long(b)}`, result: a * b })),
  )
  return fc
    .tuple(equations, fc.constantFrom("==", "<", "<="), few)
    .map(([{ text, result }, order, off]) => `((${text}) ${order} ${long(result + off)})`)
}

/** Of what 64 bits do not hold, those that they would hold of it. */
function long(value: bigint): string {
  return String(BigInt.asIntN(64, value))
}

function called(type: keyof typeof SPELLINGS): fc.Arbitrary<string> {
  return spellings(type).map((text) => `${type}(${quote(text)})`)
}

function list(item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.array(item, { maxLength: 4, size: "small" }).map((items) => `[${items.join(", ")}]`)
}

function recordLiterals(t: Expressions): fc.Arbitrary<string> {
  const names = fc.constantFrom(...Object.values(ATTRIBUTES).flat())
  return fc
    .uniqueArray(fc.tuple(names, t.any), { maxLength: 3, selector: ([name]) => name })
    .map((all) => `{${all.map(([name, value]) => `${quote(name)}: ${value}`).join(", ")}}`)
}

function access(name: string): string {
  return IDENTIFIER.test(name) ? `.${name}` : `[${quote(name)}]`
}

/** One attribute, or several where all of them can be written with dots. */
function paths(attribute: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const dotted = attribute.filter((name) => IDENTIFIER.test(name))
  return fc.oneof(
    attribute.map(quote),
    fc.array(dotted, { minLength: 1, maxLength: 3 }).map((names) => names.join(".")),
  )
}
