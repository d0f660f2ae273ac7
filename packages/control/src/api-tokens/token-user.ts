import type { User } from "@tabard/core"
import type { Fingerprint } from "@tabard/scan"
import { handleHash } from "../access/handle-hash.ts"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { isSteward } from "../registry/caller.ts"
import type { Transact } from "../transaction.ts"
import type { ApiToken } from "./api-token-store.ts"
import { lesserRole } from "./make-api-token.ts"
import { isTokenText } from "./token-text.ts"

/** Where tokens are looked up. */
export interface ApiTokenReaders extends Pick<RecordContext, "clock"> {
  readonly snapshot: Transact<"apiTokens" | "users">
  readonly transact: Transact<"apiTokens">
  /** By what a scan knows a secret; a token that was made without it gets its own when it is next presented. */
  readonly fingerprint?: Fingerprint | undefined
}

/** For whom a token asks: its maker, with the lesser of the two roles. */
export interface TokenUser {
  readonly user: User
  readonly apiToken: ApiToken
}

/** How exactly it is kept when a token was last used: not each request is a write. */
export const USED_EVERY_MS: number = 60 * 1000

/**
 * Answers for whom a token asks, or undefined where it is nobody's: unknown, over, revoked, or its maker has left or may
 * make no tokens any more. It is found by its hash: the time that takes says nothing of 238 random bits.
 */
export async function tokenUser(
  { snapshot, transact, clock, fingerprint }: ApiTokenReaders,
  token: string,
): Promise<TokenUser | undefined> {
  if (!isTokenText(token)) return undefined
  const now = clock.now()
  const found = await snapshot(async ({ apiTokens, users }) => {
    const apiToken = await apiTokens.findLive(handleHash(token), now)
    const maker = apiToken && (await users.find(apiToken.madeBy))
    return apiToken && maker?.active && isSteward(maker) ? { apiToken, maker } : undefined
  })
  if (!found) return undefined
  const { apiToken, maker } = found
  if (now.getTime() - (apiToken.lastUsedAt?.getTime() ?? 0) >= USED_EVERY_MS) {
    const known = apiToken.fingerprint === null ? (fingerprint?.(token) ?? null) : null
    await transact(async ({ apiTokens }) => {
      await apiTokens.touch(apiToken.id, now)
      if (known !== null) await apiTokens.know(apiToken.id, known)
    })
  }
  return { user: { ...maker, role: lesserRole(apiToken.role, maker.role) }, apiToken }
}
