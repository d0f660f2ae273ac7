// Metadata of a decision point: https://openid.net/specs/authorization-api-1_0.html §9
import { OBLIGATION_TYPES } from "@tabard/control"
import { ENDPOINTS } from "./addresses.ts"

/** Answers what anybody may know of a decision point: its name, its endpoints, and what it may demand. */
export function decisionPointMetadata(base: string): Readonly<Record<string, unknown>> {
  const endpoints = Object.entries(ENDPOINTS).map(([name, path]) => [name, `${base}${path}`])
  return {
    policy_decision_point: base,
    ...Object.fromEntries(endpoints),
    supported_obligations: OBLIGATION_TYPES,
  }
}
