import { type Code, type Compile, type Run, truth } from "../code.ts"
import { wrongType } from "../evaluation-error.ts"
import { Datetime } from "../extensions/datetime.ts"
import { Duration } from "../extensions/duration.ts"
import { add, type Long, multiply, negate, subtract } from "../long.ts"
import { asLong, type CedarValue, typeName } from "../values.ts"
import { binary, unary } from "./parts.ts"

/** Counting in 64 bits, and the order of integers, points in time and lengths of time. */
export const NUMBERS: readonly (readonly [string, Compile])[] = [
  ["neg", unary(({ run }) => ({ run: (given) => negate(asLong(run(given))) }))],
  ["+", binary((left, right) => arithmetic(left, right, add))],
  ["-", binary((left, right) => arithmetic(left, right, subtract))],
  ["*", binary((left, right) => arithmetic(left, right, multiply))],
  ["<", binary(({ run: left }, { run: right }) => isLess(left, right))],
  ["<=", binary(({ run: left }, { run: right }) => isAtMost(left, right))],
  [">", binary(({ run: left }, { run: right }) => isLess(right, left))],
  [">=", binary(({ run: left }, { run: right }) => isAtMost(right, left))],
]

function arithmetic({ run: left }: Code, { run: right }: Code, of: (a: Long, b: Long) => Long): Code {
  return { run: (given) => of(asLong(left(given)), asLong(right(given))) }
}

function isLess(left: Run, right: Run): Code {
  return truth((given) => {
    const [a, b] = [left(given), right(given)]
    return ordered(a, b) < ordered(b, a)
  })
}

function isAtMost(left: Run, right: Run): Code {
  return truth((given) => {
    const [a, b] = [left(given), right(given)]
    return ordered(a, b) <= ordered(b, a)
  })
}

/** Answers what a value is ordered by, beside one of its own type. */
function ordered(value: CedarValue, beside: CedarValue): Long {
  if (typeof value === "number") return value
  if (value instanceof Datetime && beside instanceof Datetime) return value.ms
  if (value instanceof Duration && beside instanceof Duration) return value.ms
  if (value instanceof Datetime || value instanceof Duration)
    return wrongType(`a ${value.typeName}`, typeName(beside))
  return asLong(value)
}
