import { type RevokeIssuedDeps, revokeIssued } from "@tabard/control"
import { type Id, isId } from "@tabard/core"
import type { Adapter } from "../oidc-provider.ts"
import { forgettingAdapter } from "./forgetting-adapter.ts"

/** Answers what the library calls a grant: which of ours it stands for, and which of its person's agreements it is. */
export function libraryGrantId(grant: string, agreement: string): string {
  return `${grant}.${agreement}`
}

/** Answers which of our grants the library's stands for. */
export function clientGrantOf(libraryGrant: string): Id<"clientGrant"> | undefined {
  const [grant = ""] = libraryGrant.split(".", 1)
  return isId("clientGrant", grant) ? grant : undefined
}

/**
 * Answers the library's shelf for access tokens. They are signed and recorded elsewhere; what is left for it is to end
 * them where a code or a refresh token comes a second time: somebody has a copy (RFC 6749 §4.1.2, RFC 9700 §4.14.2).
 */
export function issuedAdapter(deps: RevokeIssuedDeps): Adapter {
  return {
    ...forgettingAdapter(),
    revokeByGrantId: async (id) => {
      const grant = clientGrantOf(id)
      if (grant) await revokeIssued(deps, grant, "what it was issued for was used twice")
    },
  }
}
