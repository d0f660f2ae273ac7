import { type AgentKey, makeKey } from "@tabard/client"
import { UsageError } from "../usage-error.ts"

/**
 * Makes a key at the place that was typed.
 *
 * @throws {UsageError} where that is no place of a key; KeyUnavailable where none can be made there
 */
export async function makeKeyAt(place: string): Promise<AgentKey> {
  return makeKey(place).catch((cause: unknown) => {
    throw cause instanceof TypeError ? new UsageError(cause.message) : cause
  })
}
