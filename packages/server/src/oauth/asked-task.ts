import type { Id } from "@tabard/core"
import { errors, type KoaContextWithOIDC } from "./oidc-provider.ts"
import { MalformedTaskDetails, parseTaskDetails } from "./task-details.ts"

/** Answers which task a token request names, or null where it names none. A request that means something else is refused. */
export function askedTask(ctx: KoaContextWithOIDC): Id<"task"> | null {
  return askedTaskOf(ctx.oidc.params?.["authorization_details"])
}

/** Answers the same of the parameter itself. */
export function askedTaskOf(text: unknown): Id<"task"> | null {
  if (text === undefined) return null
  try {
    return parseTaskDetails(text)
  } catch (error) {
    if (!(error instanceof MalformedTaskDetails)) throw error
    throw new errors.InvalidAuthorizationDetails("it has to name exactly one task", { cause: error })
  }
}
