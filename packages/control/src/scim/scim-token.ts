import { type Role, SCIM_SCOPE } from "@tabard/core"
import { handleHash } from "../access/handle-hash.ts"
import type { ApiToken } from "../api-tokens/api-token-store.ts"
import { isTokenText } from "../api-tokens/token-text.ts"
import { type ApiTokenReaders, USED_EVERY_MS } from "../api-tokens/token-user.ts"
import type { Caller } from "../registry/caller.ts"

/** For whom a directory asks: whoever made its token, as an administrator. */
export interface ScimCaller {
  readonly by: Caller
  readonly apiToken: ApiToken
}

const AS_MADE: Role = "administrator"

/**
 * Answers for whom a token that was made for SCIM asks, or undefined where there is none such. Unlike any other it goes on when
 * its maker leaves: otherwise the first administrator to leave would be the last person whom the provider could switch off.
 */
export async function scimCaller(
  { snapshot, transact, clock }: ApiTokenReaders,
  token: string,
): Promise<ScimCaller | undefined> {
  if (!isTokenText(token)) return undefined
  const now = clock.now()
  const apiToken = await snapshot(({ apiTokens }) => apiTokens.findLive(handleHash(token), now))
  if (!apiToken) return undefined
  if (now.getTime() - (apiToken.lastUsedAt?.getTime() ?? 0) >= USED_EVERY_MS) {
    await transact(({ apiTokens }) => apiTokens.touch(apiToken.id, now))
  }
  return { by: { id: apiToken.madeBy, role: AS_MADE }, apiToken }
}

/** Answers whether a token was made for SCIM, and so for nothing else. */
export function isForScim({ scopes }: Pick<ApiToken, "scopes">): boolean {
  return scopes.includes(SCIM_SCOPE)
}
