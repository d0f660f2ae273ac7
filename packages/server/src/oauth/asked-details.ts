import { errors, type KoaContextWithOIDC } from "./oidc-provider.ts"
import { type AskedDetails, MalformedTaskDetails, NO_DETAILS, parseTaskDetails } from "./task-details.ts"

/** Answers which task a token request names, and how it bounds the token. A request that means something else is refused. */
export function askedDetails(ctx: KoaContextWithOIDC): AskedDetails {
  return askedDetailsOf(ctx.oidc.params?.["authorization_details"])
}

/** The same of the parameter itself, which may be missing. */
export function askedDetailsOf(text: unknown): AskedDetails {
  if (text === undefined) return NO_DETAILS
  try {
    return parseTaskDetails(text)
  } catch (error) {
    if (!(error instanceof MalformedTaskDetails)) throw error
    throw new errors.InvalidAuthorizationDetails(error.message, { cause: error })
  }
}
