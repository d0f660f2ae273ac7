import { EvaluationError } from "./evaluation-error.ts"

/**
 * A 64-bit integer: a number wherever a double holds it exactly, a BigInt beyond. Each value has one of the two
 * forms, so `===` compares.
 */
export type Long = number | bigint

/** The ends of what Cedar can count to. */
export const MIN_LONG: bigint = -(2n ** 63n)
export const MAX_LONG: bigint = 2n ** 63n - 1n

/** Answers the one form of an integer, or undefined where 64 bits do not hold it. */
export function longOf(value: bigint): Long | undefined {
  if (value < MIN_LONG || value > MAX_LONG) return undefined
  const double = Number(value)
  return Number.isSafeInteger(double) ? double : value
}

/** Adds; an overflow is an error of the policy. */
export function add(a: Long, b: Long): Long {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  }
  return inRange(BigInt(a) + BigInt(b))
}

/** Subtracts; an overflow is an error of the policy. */
export function subtract(a: Long, b: Long): Long {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b
    if (Number.isSafeInteger(difference)) return difference
  }
  return inRange(BigInt(a) - BigInt(b))
}

/** Multiplies; an overflow is an error of the policy. */
export function multiply(a: Long, b: Long): Long {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b
    // There is no negative zero in 64 bits.
    if (Number.isSafeInteger(product)) return product + 0
  }
  return inRange(BigInt(a) * BigInt(b))
}

/** Turns the sign; the least integer has no opposite. */
export function negate(a: Long): Long {
  return subtract(0, a)
}

/** Divides towards zero, as whole units of a duration are counted. */
export function quotient(a: Long, by: number): Long {
  if (typeof a === "number") return Math.trunc(a / by) + 0
  return inRange(a / BigInt(by))
}

/** Answers what is left over of whole steps, never negative. */
export function remainder(a: Long, by: number): number {
  const left = typeof a === "number" ? a % by : Number(a % BigInt(by))
  return left < 0 ? left + by : left + 0
}

function inRange(value: bigint): Long {
  const long = longOf(value)
  if (long === undefined) throw new EvaluationError("the result overflows a 64-bit integer")
  return long
}
