/** The form that a token is asked for with (RFC 6749 §4). */
export type GrantForm = Readonly<Record<string, string>>

/** How tokens are asked for where no enrolled key stands behind it: a platform vouches, or a person signed in. */
export interface OwnGrant {
  /** Answers what to ask the issuer with now; asked anew for each token. */
  ask(): Promise<GrantForm>
  /** Hears that a token was issued, and of the refresh token that came along: what was asked with is used up. */
  granted?(refreshToken: string | undefined): void
}
