import { type RevokeIssuedDeps, revokeIssued } from "@tabard/control"
import { isId } from "@tabard/core"
import type { Adapter } from "../oidc-provider.ts"
import { forgettingAdapter } from "./forgetting-adapter.ts"

/** Answers what the library calls a grant: which of ours it stands for, and which of its person's agreements it is. */
export function libraryGrantId(grant: string, agreement: string): string {
  return `${grant}.${agreement}`
}

/**
 * Answers the library's shelf for access tokens. They are signed and recorded elsewhere; what is left for it is to end
 * them where a code or a refresh token comes a second time: somebody has a copy (RFC 6749 §4.1.2, RFC 9700 §4.14.2).
 */
export function issuedAdapter(deps: RevokeIssuedDeps): Adapter {
  return {
    ...forgettingAdapter(),
    revokeByGrantId: async (id) => {
      const [grant = ""] = id.split(".", 1)
      if (isId("clientGrant", grant)) await revokeIssued(deps, grant, "what it was issued for was used twice")
    },
  }
}
