import { REGISTRATION_SCOPE, SCIM_SCOPE } from "@tabard/core"
import type { ApiToken } from "../api-tokens/api-token-store.ts"

/** Beginnings of single operations that change nothing. */
const READS = /^(get|list|export|search|introspect|read|preview|plan|check|compare|test)[A-Z]/

/**
 * By these a door asks, a receiver has its own streams, a client registers itself, what is there is looked at or sealed
 * anew, and something is taken away: none of it changes what constrains an agent.
 */
const APART: readonly string[] = [
  "read",
  "access:ask",
  "askDecisionPoint",
  "keys:write",
  "rewrapKeys",
  "scans:write",
  "startScan",
  "ssf.manage",
  "ssf.read",
  "manageStreams",
  REGISTRATION_SCOPE,
  "closeTask",
  "endClientGrant",
  "enterAgent",
  "quarantineAgent",
  "removeClient",
  "removeClientRule",
  "removeTrustRule",
  "revokeInstance",
  "revokeToken",
  "suspendAgent",
]

/** Answers whether whoever holds a token can change what constrains agents: one of its scopes does more than read. */
export function isGoverning({ scopes }: Pick<ApiToken, "scopes">): boolean {
  return scopes.some((scope) => !isApart(scope) && scope !== SCIM_SCOPE)
}

/** Answers whether whoever holds a token says who is here. */
export function isDirectorys({ scopes }: Pick<ApiToken, "scopes">): boolean {
  return scopes.includes(SCIM_SCOPE)
}

function isApart(scope: string): boolean {
  return APART.includes(scope) || scope.endsWith(":read") || READS.test(scope)
}
