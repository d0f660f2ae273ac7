import type { Adapter } from "../oidc-provider.ts"
import { type EndSignInDeps, endSignIn, USED_TWICE } from "./end-sign-in.ts"
import { forgettingAdapter } from "./forgetting-adapter.ts"

/**
 * Answers the library's shelf for access tokens. They are signed and recorded elsewhere; what is left for it is to end
 * them where a code or a refresh token comes a second time: somebody has a copy (RFC 6749 §4.1.2, RFC 9700 §4.14.2).
 */
export function issuedAdapter(deps: EndSignInDeps): Adapter {
  return { ...forgettingAdapter(), revokeByGrantId: (id) => endSignIn(deps, id, USED_TWICE) }
}
