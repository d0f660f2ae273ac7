import type { PolicyJson } from "../cedar.ts"
import { type Evaluation, type Test, testOf } from "./code.ts"
import { compileExpression } from "./expressions/compile-expression.ts"
import { every } from "./expressions/logic.ts"
import type { ExactPolicyJson } from "./read-policy.ts"
import { compileScope, type NamedInScope, namedInScope, type Scope } from "./scope.ts"

/** One policy, ready to be asked. */
export interface CompiledPolicy {
  readonly id: string
  readonly effect: PolicyJson["effect"]
  readonly matches: Scope
  /** The entities that it speaks of alone. */
  readonly names: NamedInScope
  /** Answers whether its conditions hold, or throws an EvaluationError. */
  readonly holds: (given: Evaluation) => boolean
}

/**
 * Compiles one policy.
 *
 * @throws {MalformedCedar} where Cedar has no such policy, or it is a template.
 */
export function compilePolicy(id: string, json: ExactPolicyJson): CompiledPolicy {
  const all = json.conditions.flatMap(({ kind, body }) => conditions(kind, body))
  return {
    id,
    effect: json.effect,
    matches: compileScope(json),
    names: namedInScope(json),
    holds: every(all),
  }
}

/** The conditions of a `when` that are joined by `&&` are gone through as if they stood alone. */
function conditions(kind: "when" | "unless", body: unknown): readonly Test[] {
  const code = compileExpression(body)
  const holds = testOf(code)
  return kind === "when" ? (code.all ?? [holds]) : [(given) => !holds(given)]
}
