import * as fc from "fast-check"
import type { EntityUid } from "../../../cedar.ts"

/** Few names, so that what is made at random meets itself; some of them are what programs stumble over. */
const IDS = ["a", "b", "c", "", "a b", '"', "\\", "\0", "\0e", "😀", "__proto__", "constructor", "a*b", "ä"]

/** Types of entities; two are spelt alike but for their namespace. */
export const TYPES: readonly string[] = ["User", "Group", "App::User", "Action", "App::Action"]

/** The types of values that attributes are named for. */
export type Sort =
  | "bool"
  | "long"
  | "text"
  | "entity"
  | "set"
  | "record"
  | "decimal"
  | "ip"
  | "datetime"
  | "duration"

/** Attributes by the type of value that they mostly have. */
export const ATTRIBUTES: Readonly<Record<Sort, readonly string[]>> = {
  bool: ["flag", "constructor"],
  long: ["count", "a b"],
  text: ["name", "__proto__"],
  entity: ["owner", "toString"],
  set: ["list", "tags"],
  record: ["inner", "𝒳"],
  decimal: ["price"],
  ip: ["address"],
  datetime: ["at"],
  duration: ["length"],
}

/** Integers about the ends of 64 bits, of what a double holds, and of nothing. */
export const LONGS: readonly bigint[] = [
  0n,
  1n,
  -1n,
  2n,
  7n,
  1000n,
  3_037_000_499n,
  3_037_000_500n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 53n + 1n,
  -(2n ** 53n) - 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
]

/** Texts that the extension types read, or nearly read. */
export const SPELLINGS: Readonly<Record<"decimal" | "ip" | "datetime" | "duration", readonly string[]>> = {
  decimal: [
    "0.0",
    "-0.0",
    "1.0",
    "1.0000",
    "500.00",
    "-922337203685477.5808",
    "922337203685477.5807",
    "01.5",
  ],
  ip: [
    "10.0.0.1",
    "10.1.2.3/8",
    "0.0.0.0/0",
    "127.0.0.1",
    "127.0.0.0/7",
    "239.1.2.3",
    "::1",
    "::",
    "ff02::1/16",
  ],
  datetime: [
    "1970-01-01",
    "2024-02-29T10:30:00Z",
    "2024-02-29T12:00:00.500+0130",
    "0000-01-01",
    "9999-12-31",
  ],
  duration: ["0ms", "1h", "-1d2h3m4s5ms", "9223372036854775807ms", "-9223372036854775808ms", "90s"],
}

/** Texts that they do not read. */
export const MISSPELLINGS: readonly string[] = [
  "1",
  "1.",
  "1.00001",
  "922337203685477.5808",
  "10.0.0.01",
  "10.0.0.1/33",
  "1::2::3",
  "::ffff:1.2.3.4",
  "2023-02-29",
  "2024-01-01T24:00:00Z",
  "1h1d",
  "9223372036854775808ms",
  "",
]

/** Any text that a policy or a request may hold. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...IDS) },
  fc.constantFrom(...Object.values(SPELLINGS).flat(), ...MISSPELLINGS),
  fc.string({ maxLength: 6, unit: "grapheme" }),
)

/** Any entity's name, mostly one that others have too. */
export const entityUids: fc.Arbitrary<EntityUid> = fc.record({
  type: fc.constantFrom(...TYPES),
  id: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...IDS.slice(0, 3)) }, fc.constantFrom(...IDS)),
})

/** Any integer of 64 bits. */
export const longs: fc.Arbitrary<bigint> = fc.oneof(
  fc.constantFrom(...LONGS),
  fc.bigInt({ min: -12n, max: 12n }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
)

const SPELT: Readonly<Record<keyof typeof SPELLINGS, fc.Arbitrary<string>>> = {
  decimal: fc.stringMatching(/^-?\d{1,3}\.\d{1,4}$/),
  ip: fc.oneof(fc.ipV4(), fc.ipV6(), fc.stringMatching(/^1\d\.0\.0\.\d\/[1-3]?\d$/)),
  datetime: fc.stringMatching(
    /^[012]\d{3}-[01]\d-[0-3]\d(?:T[012]\d:[0-5]\d:[0-5]\d(?:\.\d{3})?(?:Z|[+-][012]\d[0-5]\d))?$/,
  ),
  duration: fc.stringMatching(/^-?(?:\d{1,3}d)?(?:\d{1,3}h)?(?:\d{1,3}m)?(?:\d{1,3}s)?(?:\d{1,3}ms)?$/),
}

/** How an extension value is spelt: mostly as its type reads it. */
export function spellings(type: keyof typeof SPELLINGS): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...SPELLINGS[type]) },
    { weight: 4, arbitrary: SPELT[type] },
    fc.constantFrom(...MISSPELLINGS),
  )
}
