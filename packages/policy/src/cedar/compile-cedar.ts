import type { EntityUid } from "../cedar.ts"
import type { Evaluation } from "./code.ts"
import { type CompiledPolicy, compilePolicy } from "./compile-policy.ts"
import type { EntityStore } from "./entity-store.ts"
import { MalformedCedar } from "./malformed-cedar.ts"
import type { ExactPolicyJson } from "./read-policy.ts"
import { type CedarRecord, EntityRef } from "./values.ts"

/** A policy in Cedar's JSON form, under the id that answers will name. */
export interface PolicySource {
  readonly id: string
  readonly json: ExactPolicyJson
}

/** What Cedar is asked. */
export interface CedarRequest {
  readonly principal: EntityUid
  readonly action: EntityUid
  readonly resource: EntityUid
  readonly context: CedarRecord
}

/** What Cedar answers: reasons are the policies that decided, errors those that could not be judged and were skipped. */
export interface CedarAnswer {
  readonly decision: "allow" | "deny"
  readonly reasons: string[]
  readonly errors: { readonly policyId: string; readonly message: string }[]
}

/** Policies compiled to closures. Asking changes nothing. */
export interface CompiledSet {
  isAuthorized(request: CedarRequest, entities: EntityStore): CedarAnswer
}

/**
 * Compiles policies, to be asked in process. What they answer is what Cedar itself answers: the same decision, for the same
 * reasons, with the same policies in error.
 *
 * @throws {MalformedCedar} where an id stands twice, or a policy is none that Cedar knows.
 */
export function compileCedar(policies: readonly PolicySource[]): CompiledSet {
  const ids = new Set(policies.map(({ id }) => id))
  if (ids.size !== policies.length) throw new MalformedCedar("an id stands for one policy")
  const compiled = policies.map(({ id, json }) => compilePolicy(id, json))
  return { isAuthorized: (request, entities) => ask(compiled, evaluationOf(request, entities)) }
}

function evaluationOf(
  { principal, action, resource, context }: CedarRequest,
  entities: EntityStore,
): Evaluation {
  return {
    principal: EntityRef.of(principal),
    action: EntityRef.of(action),
    resource: EntityRef.of(resource),
    context,
    entities,
  }
}

function ask(policies: readonly CompiledPolicy[], given: Evaluation): CedarAnswer {
  const permits: string[] = []
  const forbids: string[] = []
  const errors: CedarAnswer["errors"] = []
  for (const policy of policies) {
    if (!policy.matches(given)) continue
    try {
      if (policy.holds(given)) (policy.effect === "permit" ? permits : forbids).push(policy.id)
    } catch (error) {
      errors.push({ policyId: policy.id, message: messageOf(error) })
    }
  }
  const allowed = forbids.length === 0 && permits.length > 0
  return { decision: allowed ? "allow" : "deny", reasons: allowed ? permits : forbids, errors }
}

/** Whatever stopped a policy, it was not judged: a stack that ran out counts as an error of its own. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "it could not be judged"
}
