// Decision: https://openid.net/specs/authorization-api-1_0.html §5.5
import type { JsonObject } from "@tabard/core"
import type { AccessRefused } from "./access-refused.ts"
import type { Evaluated } from "./decision-point.ts"
import { canHonour, obligationsJson, type Supported } from "./obligations.ts"

/** A decision as it is answered, with the id that it may be named by later. */
export interface Answered {
  readonly evaluation: string
  readonly decision: boolean
  readonly json: JsonObject
}

/**
 * Puts an answer on the wire: only a permit is true, and only where whoever asked has not said that it cannot do what the
 * permit demands.
 */
export function decisionJson(evaluated: Evaluated, supported: Supported, evaluation: string): Answered {
  const { effect, code, words, policies, obligations, version, accessRequest } = evaluated
  const decision = effect === "permit" && canHonour(supported, obligations)
  if (effect === "permit" && !decision) return unsupported(evaluated, evaluation)
  const json = {
    decision,
    context: {
      evaluation_id: evaluation,
      code,
      reason: words,
      policies,
      version,
      ...(obligations.length > 0 && { obligations: obligationsJson(obligations) }),
      ...(accessRequest && { access_request: accessRequest }),
    },
  }
  return { evaluation, decision, json }
}

/** Denied for want of what a permit demands: it could not be enforced as it is meant. */
function unsupported({ obligations, policies, version }: Evaluated, evaluation: string): Answered {
  const types = [...new Set(obligations.map(({ type }) => type))].join(", ")
  const reason = `this is permitted to who can do what it demands: ${types}`
  const code = "obligation_unsupported"
  const context = { evaluation_id: evaluation, code, reason, policies, version }
  return { evaluation, decision: false, json: { decision: false, context } }
}

/** One question of several that could not be answered: closed, with why (§7.2.1). */
export function refusalJson({ status, code, message }: AccessRefused, evaluation: string): Answered {
  const error = { status, message }
  const context = { evaluation_id: evaluation, code, reason: message, error }
  return { evaluation, decision: false, json: { decision: false, context } }
}
