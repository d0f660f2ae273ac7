import { type Code, type Compile, folded, type Run } from "../code.ts"
import { MalformedCedar } from "../malformed-cedar.ts"

/** Answers a member of an expression's JSON form. */
export function member(body: unknown, name: string): unknown {
  const value = optionalMember(body, name)
  if (value === undefined) throw new MalformedCedar(`an expression lacks its member ${JSON.stringify(name)}`)
  return value
}

/** Answers a member that need not be there. */
export function optionalMember(body: unknown, name: string): unknown {
  return objectOf(body)[name]
}

/** Answers a member that is text. */
export function textMember(body: unknown, name: string): string {
  const value = member(body, name)
  if (typeof value !== "string")
    throw new MalformedCedar(`${JSON.stringify(name)} of an expression is no text`)
  return value
}

/** Answers an expression's JSON as an object. */
export function objectOf(body: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(body)) throw new MalformedCedar("an expression is an object")
  return body
}

/** Answers an expression's JSON as a list. */
export function listOf(body: unknown): readonly unknown[] {
  if (!Array.isArray(body)) throw new MalformedCedar("an expression lacks its list")
  return body
}

/** Compiles an operator of one operand. */
export function unary(build: (arg: Code) => Code): Compile {
  return (body, compile) => {
    const arg = compile(member(body, "arg"))
    return folded([arg], build(arg))
  }
}

/** Compiles an operator whose two operands decide alone what it answers. */
export function binary(build: (left: Code, right: Code) => Code): Compile {
  return (body, compile) => {
    const left = compile(member(body, "left"))
    const right = compile(member(body, "right"))
    return folded([left, right], build(left, right))
  }
}

/** Compiles an operator of two operands that asks the entity store as well: its answer is never known beforehand. */
export function lookup(build: (left: Run, right: Run) => Code): Compile {
  return (body, compile) => build(compile(member(body, "left")).run, compile(member(body, "right")).run)
}

function isObject(body: unknown): body is Readonly<Record<string, unknown>> {
  return typeof body === "object" && body !== null && !Array.isArray(body)
}
