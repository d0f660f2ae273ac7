import type { PolicyJson } from "../cedar.ts"
import type { Evaluation } from "./code.ts"
import { compileExpression } from "./expressions/compile-expression.ts"
import type { ExactPolicyJson } from "./read-policy.ts"
import { compileScope, type Scope } from "./scope.ts"
import { asBoolean } from "./values.ts"

/** One policy, ready to be asked. */
export interface CompiledPolicy {
  readonly id: string
  readonly effect: PolicyJson["effect"]
  readonly matches: Scope
  /** Answers whether its conditions hold, or throws an EvaluationError. */
  readonly holds: (given: Evaluation) => boolean
}

/**
 * Compiles one policy.
 *
 * @throws {MalformedCedar} where Cedar has no such policy, or it is a template.
 */
export function compilePolicy(id: string, json: ExactPolicyJson): CompiledPolicy {
  const conditions = json.conditions.map(({ kind, body }) => condition(kind, body))
  return { id, effect: json.effect, matches: compileScope(json), holds: every(conditions) }
}

type Condition = (given: Evaluation) => boolean

function condition(kind: "when" | "unless", body: unknown): Condition {
  const { run } = compileExpression(body)
  return kind === "when" ? (given) => asBoolean(run(given)) : (given) => !asBoolean(run(given))
}

function every(conditions: readonly Condition[]): Condition {
  const [only] = conditions
  if (only && conditions.length === 1) return only
  return (given) => {
    for (const holds of conditions) {
      if (!holds(given)) return false
    }
    return true
  }
}
