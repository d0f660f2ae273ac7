import { REGISTRATION_SCOPE, SCIM_SCOPE } from "@tabard/core"
import type { ApiToken } from "../api-tokens/api-token-store.ts"

/** Beginnings of single operations that change nothing. */
const READS = /^(get|list|export|search|introspect|read|preview|test)[A-Z]/

/** By these a receiver has its own streams and a client registers itself: neither changes what constrains an agent. */
const APART: readonly string[] = ["read", "ssf.manage", "ssf.read", "manageStreams", REGISTRATION_SCOPE]

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
