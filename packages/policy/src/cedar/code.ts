import { EntityStore } from "./entity-store.ts"
import { EvaluationError } from "./evaluation-error.ts"
import { asBoolean, CedarRecord, type CedarValue, EntityRef } from "./values.ts"

/** A request on its way through the policies. */
export interface Evaluation {
  readonly principal: EntityRef
  readonly action: EntityRef
  readonly resource: EntityRef
  readonly context: CedarRecord
  readonly entities: EntityStore
}

/** An expression compiled: answers its value for a request, or throws an EvaluationError. */
export type Run = (given: Evaluation) => CedarValue

/** A condition compiled: answers whether it holds, or throws an EvaluationError. */
export type Test = (given: Evaluation) => boolean

/** A compiled expression. */
export interface Code {
  readonly run: Run
  /** Its value, where that is the same for every request. */
  readonly constant?: CedarValue
  /** The same as `run`, where it can only be true or false. */
  readonly test?: Test
  /** What is read one after another, where it is a variable and attributes from there on. */
  readonly path?: { readonly start: Run; readonly names: readonly string[] }
  /** Its parts, where all of them are to hold. */
  readonly all?: readonly Test[]
}

/** Compiles what stands under one kind of expression; `compile` compiles what is within. */
export type Compile = (body: unknown, compile: (expression: unknown) => Code) => Code

/** Answers code that always has this value. */
export function constant(value: CedarValue): Code {
  return { run: () => value, constant: value }
}

/** Answers code for what is true or false. */
export function truth(test: Test): Code {
  return { run: test, test }
}

/** Answers an expression as a condition; a value that is neither true nor false errs. */
export function testOf({ test, run }: Code): Test {
  return test ?? ((given) => asBoolean(run(given)))
}

/** Judges now what no request can change. What errs is left to err at each request. */
export function folded(parts: readonly Code[], code: Code): Code {
  if (parts.some((part) => part.constant === undefined)) return code
  try {
    return constant(code.run(NOBODY))
  } catch (error) {
    if (error instanceof EvaluationError) return code
    throw error
  }
}

const NOBODY: Evaluation = {
  principal: new EntityRef("Nobody", ""),
  action: new EntityRef("Nothing", ""),
  resource: new EntityRef("Nothing", ""),
  context: new CedarRecord(new Map()),
  entities: EntityStore.EMPTY,
}
