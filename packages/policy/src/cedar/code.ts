import { EntityStore } from "./entity-store.ts"
import { EvaluationError } from "./evaluation-error.ts"
import { CedarRecord, type CedarValue, EntityRef } from "./values.ts"

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

/** A compiled expression, with its value where that is the same for every request. */
export interface Code {
  readonly run: Run
  readonly constant?: CedarValue
}

/** Compiles what stands under one kind of expression; `compile` compiles what is within. */
export type Compile = (body: unknown, compile: (expression: unknown) => Code) => Code

/** Answers code that always has this value. */
export function constant(value: CedarValue): Code {
  return { run: () => value, constant: value }
}

/** Judges now what no request can change. What errs is left to err at each request. */
export function folded(parts: readonly Code[], run: Run): Code {
  if (parts.some((part) => part.constant === undefined)) return { run }
  try {
    return constant(run(NOBODY))
  } catch (error) {
    if (error instanceof EvaluationError) return { run }
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
