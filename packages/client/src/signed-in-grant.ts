import type { GrantForm, OwnGrant } from "./own-grant.ts"
import { Refused } from "./refused.ts"

/** What a person's sign-in gave: a code, and what the client that it was given to proves itself with. */
export interface RedeemedCode extends GrantForm {
  readonly code: string
  readonly code_verifier: string
  readonly redirect_uri: string
  readonly client_id: string
}

/**
 * Answers how a client that a person signed in asks for tokens: by its code once, then by the refresh token of the time
 * before. Neither is ever sent again after it gave a token: an issuer takes that for a theft, and ends everything.
 */
export function signedInGrant(redeemed: RedeemedCode): OwnGrant {
  let next: GrantForm | undefined = { grant_type: "authorization_code", ...redeemed }
  return {
    async ask() {
      if (!next)
        throw new Refused(400, "invalid_grant", "The sign-in is over; have its person sign in again.")
      return next
    },
    granted(refreshToken) {
      next = refreshToken
        ? { grant_type: "refresh_token", refresh_token: refreshToken, client_id: redeemed.client_id }
        : undefined
    },
  }
}
