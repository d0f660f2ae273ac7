import { decimalText, quote } from "@tabard/policy"
import { type ArgumentAt, onValue } from "./argument-at.ts"
import type { Condition } from "./condition.ts"
import { Unjudgeable } from "./refusal.ts"

/** Writes the least and the most that a number may be. */
export function betweenCondition(
  { tool, name, path, shape }: ArgumentAt,
  { atLeast, atMost }: { readonly atLeast?: string | undefined; readonly atMost?: string | undefined },
): Condition {
  if (itemOf(shape).kind !== "number")
    throw new Unjudgeable(
      `the argument ${name} of ${tool.name} cannot be held to an amount`,
      "it is not a number",
    )
  if (atLeast !== undefined && atMost !== undefined && Number(atLeast) > Number(atMost))
    throw new Unjudgeable(`no amount is at least ${atLeast} and at most ${atMost}`, "turn them around")
  const tests = (value: string): string[] => [
    ...(atLeast === undefined ? [] : [`${value}.dec.greaterThanOrEqual(${decimal(atLeast)})`]),
    ...(atMost === undefined ? [] : [`${value}.dec.lessThanOrEqual(${decimal(atMost)})`]),
  ]
  const words = [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ]
  return {
    cedar: onValue(path, (value) => [`${value} has dec`, ...tests(value)].join(" && ")),
    words: `with ${name} ${words.join(" and ")}`,
  }
}

/** Writes an amount as Cedar does. */
export function decimal(amount: string): string {
  const text = decimalText(amount)
  if (text === undefined)
    throw new Unjudgeable(`${amount} is no amount of at most four decimal places`, 'write it as "500.00"')
  return `decimal(${quote(text)})`
}

/** What one question sees of a list of targets is one of them; a list of other things has no order to hold it to. */
export function itemOf(shape: ArgumentAt["shape"]): ArgumentAt["shape"] {
  return shape.kind === "each" ? shape.item : shape
}
