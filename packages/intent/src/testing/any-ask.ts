import { type Arbitrary, constantFrom, integer, oneof, record, uniqueArray } from "fast-check"
import type { Ask } from "../manifest.ts"

const asked = constantFrom("owner", "user", "manager", "security", "team:Ops, West", "person:ann@example.org")

const anyOf = uniqueArray(asked, { minLength: 1, maxLength: 3 })

/** Who is asked, in each of its spellings. */
export const anyAsk: Arbitrary<Ask> = oneof(
  asked,
  record({ anyOf }, { noNullPrototype: true }),
  record({ anyOf, count: integer({ min: 1, max: 3 }) }, { noNullPrototype: true }),
  uniqueArray(asked, { minLength: 1, maxLength: 2 }),
)
