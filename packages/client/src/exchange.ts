import type { Credentials } from "./credentials.ts"
import type { BoundToken } from "./issued-token.ts"
import { type TokenOptions, TokenSource } from "./token-source.ts"

/** What a token is exchanged for. */
export interface ExchangeOptions extends Omit<TokenOptions, "subject"> {
  /** The token of the agent that is acted for, as it was handed over. */
  readonly subject: string
}

/**
 * Answers a token to act for another agent with, for one of that agent's: good for no more than the other is, and bound
 * to one's own key (RFC 8693). Whoever goes on asking takes a TokenSource with `subject`, which exchanges anew in time.
 *
 * @throws {Refused} where the issuer says no: nobody allowed it, the other token ended, more was asked for than it has
 */
export async function exchange(
  credentials: Credentials,
  { subject, ...options }: ExchangeOptions,
): Promise<BoundToken> {
  return new TokenSource(credentials, { ...options, subject: async () => subject }).token()
}
