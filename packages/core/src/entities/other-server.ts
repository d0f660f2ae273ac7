/** An authorization server elsewhere for which a client of people's may have this organisation's word for its person. */
export interface OtherServer {
  /** Its issuer identifier, to the letter (RFC 8414 §2). */
  readonly issuer: string
  /** The client here that may ask. */
  readonly client: `cli_${string}`
  /** What the same client is called there. */
  readonly clientId: string
  /** The most that may be asked for there, in that server's own words. */
  readonly scope: readonly string[]
  /** The resources there that may be asked for; none where the whole server is one. */
  readonly resources: readonly string[]
}

/** The most that may be listed. */
export const MOST_OTHER_SERVERS = 50
