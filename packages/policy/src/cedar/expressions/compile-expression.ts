import { type Code, type Compile, constant, folded, type Run } from "../code.ts"
import { EXTENSION_CALLS, type ExtensionCall, wrongArity } from "../extensions/calls.ts"
import { MalformedCedar } from "../malformed-cedar.ts"
import { readValue } from "../value-json.ts"
import type { CedarValue } from "../values.ts"
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
  return compile ? compile(body, compileExpression) : extensionCall(kind, listOf(body).map(compileExpression))
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

function extensionCall(name: string, args: readonly Code[]): Code {
  const known = EXTENSION_CALLS.get(name)
  if (!known) throw new MalformedCedar(`Cedar has no expression ${JSON.stringify(name)}`)
  return folded(args, { run: called(name, known, args) })
}

/** What is given too few arguments or too many errs as it is asked, and not before. */
function called(name: string, known: ExtensionCall, args: readonly Code[]): Run {
  const [of, by] = args.map(({ run }) => run)
  if (known.takes === 1 && of && args.length === 1) return calledOn(known.call, of)
  if (known.takes === 2 && of && by && args.length === 2) return calledWith(known.call, of, by)
  return () => wrongArity(name, known)
}

function calledOn(call: (of: CedarValue) => CedarValue, of: Run): Run {
  return (given) => call(of(given))
}

function calledWith(call: (of: CedarValue, by: CedarValue) => CedarValue, of: Run, by: Run): Run {
  return (given) => call(of(given), by(given))
}
