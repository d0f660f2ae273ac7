import type { EntityUid } from "../cedar.ts"
import type { Evaluation } from "./code.ts"
import { type CompiledPolicy, compilePolicy } from "./compile-policy.ts"
import type { EntityStore } from "./entity-store.ts"
import { MalformedCedar } from "./malformed-cedar.ts"
import type { ExactPolicyJson } from "./read-policy.ts"
import { ScopeIndex } from "./scope-index.ts"
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
  const compiled = new ScopeIndex(policies.map(({ id, json }) => compilePolicy(id, json)))
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

function ask(policies: ScopeIndex, given: Evaluation): CedarAnswer {
  const tally: Tally = { permits: [], forbids: [], errors: [] }
  for (const some of policies.for(given)) judge(some, given, tally)
  const { permits, forbids, errors } = tally
  const allowed = forbids.length === 0 && permits.length > 0
  return { decision: allowed ? "allow" : "deny", reasons: allowed ? permits : forbids, errors }
}

interface Tally extends Pick<CedarAnswer, "errors"> {
  readonly permits: string[]
  readonly forbids: string[]
}

function judge(policies: readonly CompiledPolicy[], given: Evaluation, tally: Tally): void {
  for (const { id, effect, matches, holds } of policies) {
    if (!matches(given)) continue
    try {
      if (holds(given)) tally[effect === "permit" ? "permits" : "forbids"].push(id)
    } catch (error) {
      tally.errors.push({ policyId: id, message: messageOf(error) })
    }
  }
}

/** Whatever stopped a policy, it was not judged: a stack that ran out counts as an error of its own. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "it could not be judged"
}
