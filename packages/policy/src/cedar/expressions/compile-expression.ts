import { type Code, type Compile, constant, folded, type Run } from "../code.ts"
import { assertArity, EXTENSION_CALLS } from "../extensions/calls.ts"
import { MalformedCedar } from "../malformed-cedar.ts"
import { readValue } from "../value-json.ts"
import { ENTITIES } from "./entities.ts"
import { LIKE } from "./like.ts"
import { LOGIC } from "./logic.ts"
import { MEMBERS } from "./members.ts"
import { NUMBERS } from "./numbers.ts"
import { listOf, objectOf } from "./parts.ts"
import { SETS } from "./sets.ts"

const KINDS: ReadonlyMap<string, Compile> = new Map<string, Compile>([
  ["Value", (body) => constant(readValue(body))],
  ["Var", (body) => ({ run: variable(body) })],
  ...LOGIC,
  ...NUMBERS,
  ...SETS,
  ...MEMBERS,
  ...ENTITIES,
  ...LIKE,
])

/**
 * Compiles one expression of Cedar's JSON form.
 *
 * @throws {MalformedCedar} where Cedar has no such expression.
 */
export function compileExpression(expression: unknown): Code {
  const [entry, ...others] = Object.entries(objectOf(expression))
  if (!entry || others.length > 0) throw new MalformedCedar("an expression has one kind")
  const [kind, body] = entry
  const compile = KINDS.get(kind)
  return compile ? compile(body, compileExpression) : call(kind, listOf(body).map(compileExpression))
}

function variable(name: unknown): Run {
  switch (name) {
    case "principal":
      return (given) => given.principal
    case "action":
      return (given) => given.action
    case "resource":
      return (given) => given.resource
    case "context":
      return (given) => given.context
    default:
      throw new MalformedCedar(`Cedar has no variable ${JSON.stringify(name)}`)
  }
}

function call(name: string, args: readonly Code[]): Code {
  const known = EXTENSION_CALLS.get(name)
  if (!known) throw new MalformedCedar(`Cedar has no expression ${JSON.stringify(name)}`)
  const runs = args.map(({ run }) => run)
  return folded(args, (given) => {
    const values = runs.map((run) => run(given))
    assertArity(name, known, values.length)
    return known.call(...values)
  })
}
