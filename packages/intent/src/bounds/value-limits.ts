import { quote, readPath } from "@tabard/policy"
import { type ArgumentAt, onValue } from "./argument-at.ts"
import { type Condition, NEVER, setOf } from "./condition.ts"
import { decimal, itemOf } from "./number-limits.ts"
import { Unjudgeable } from "./refusal.ts"
import type { NamedTexts } from "./texts-of.ts"

/** Writes the one value that an argument may have. */
export function exactCondition(argument: ArgumentAt, exactly: string | boolean): Condition {
  if (typeof exactly === "string") {
    const { cedar } = valuesCondition(argument, { texts: [exactly], words: exactly })
    return { cedar, words: `with ${argument.name} exactly ${exactly}` }
  }
  const { tool, name, path, shape } = argument
  if (itemOf(shape).kind !== "boolean")
    throw new Unjudgeable(
      `the argument ${name} of ${tool.name} is not true or false`,
      'write a text in quotes, as "true"',
    )
  return {
    cedar: onValue(path, (value) => `${value} == ${exactly}`),
    words: `with ${name} exactly ${exactly}`,
  }
}

/** Writes the values that an argument may have; a list may have no other and is not empty. */
export function valuesCondition(argument: ArgumentAt, { texts, words }: NamedTexts): Condition {
  const told = `with ${argument.name} ${words}`
  const judge = judgeOf(argument, texts)
  return { cedar: texts.length === 0 ? NEVER : onValue(argument.path, judge), words: told }
}

function judgeOf(argument: ArgumentAt, texts: readonly string[]): (value: string) => string {
  const shape = itemOf(argument.shape)
  if (shape.kind === "path") {
    const paths = setOf(texts.map(canonicalPath))
    return (value) => `${paths}.contains(${value}.text)`
  }
  if (shape.kind === "number") {
    const amounts = texts.map(decimal).join(", ")
    return (value) => `${value} has dec && [${amounts}].contains(${value}.dec)`
  }
  const one = shape.kind === "set" ? shape.item : shape
  if (one.kind !== "string") throw unlisted(argument)
  assertPossible(argument, one.oneOf, texts)
  return shape.kind === "set"
    ? (value) => `!${value}.isEmpty() && ${setOf(texts)}.containsAll(${value})`
    : (value) => `${setOf(texts)}.contains(${value})`
}

/** A value that the tool never takes is a spelling mistake, and would permit nothing. */
function assertPossible(
  { tool, name }: ArgumentAt,
  takes: readonly string[] | undefined,
  texts: readonly string[],
): void {
  const odd = takes && texts.find((text) => !takes.includes(text))
  if (takes && odd !== undefined)
    throw new Unjudgeable(
      `the argument ${name} of ${tool.name} is never ${quote(odd)}`,
      `it is one of ${takes.slice(0, 20).join(", ")}`,
    )
}

/** Answers a folder or a file in its one spelling. */
export function canonicalPath(text: string): string {
  const read = readPath(text)
  if ("path" in read) return read.path
  throw new Unjudgeable(`${text} is no path to judge by`, read.refused)
}

function unlisted({ tool, name, shape }: ArgumentAt): Unjudgeable {
  const why =
    shape.kind === "text"
      ? "its schema allows several readings, so policies see it as plain JSON"
      : "it is neither a text nor a number nor a list of texts"
  return new Unjudgeable(`the argument ${name} of ${tool.name} cannot be held to a list of texts`, why)
}
