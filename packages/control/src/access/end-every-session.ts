import type { Id } from "@tabard/core"
import type { Transaction } from "../transaction.ts"

/**
 * Ends every session of a person within a transaction that goes on, those too that they agreed to and that a device has
 * not fetched yet. Answers which sessions ended.
 */
export async function endEverySession(
  { oauthModels, sessions }: Pick<Transaction, "oauthModels" | "sessions">,
  user: Id<"user">,
): Promise<readonly Id<"session">[]> {
  // First what becomes a session: one that is fetched in this moment is there to be ended, or is not fetched.
  await oauthModels.removeGrant(user)
  return sessions.endAllOf(user, 0)
}
