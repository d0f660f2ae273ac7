// Metadata of a decision point: https://openid.net/specs/authorization-api-1_0.html §9
import { OBLIGATION_TYPES } from "@tabard/control"
import { ENDPOINTS } from "./addresses.ts"

/**
 * Answers what anybody may know of a decision point: its name, its endpoints, and what it may demand. Decisions about agents
 * demand nothing, and what is empty is left out (§9.2.2).
 */
export function decisionPointMetadata(
  base: string,
  { demands }: { readonly demands: boolean },
): Readonly<Record<string, unknown>> {
  const endpoints = Object.entries(ENDPOINTS).map(([name, path]) => [name, `${base}${path}`])
  return {
    policy_decision_point: base,
    ...Object.fromEntries(endpoints),
    ...(demands && { supported_obligations: OBLIGATION_TYPES }),
  }
}
