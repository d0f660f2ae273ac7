import type { Id } from "@tabard/core"

/** A token as it was issued; its bytes are not kept. */
export interface TokenRecord {
  /** The claim of that name (RFC 7519 §4.1.7). */
  readonly jti: string
  readonly agent: Id<"agent">
  readonly instance: Id<"instance">
  readonly task: Id<"task"> | null
  readonly audience: string
  readonly issuedAt: Date
  readonly expiresAt: Date
  readonly revokedAt: Date | null
}

/** Keeps what was issued. Each sentence below is a test in token-store.contract.ts. */
export interface TokenStore {
  /** Rejects where the jti is taken. */
  insert(token: TokenRecord): Promise<void>

  /** Answers undefined where no such token was issued here. */
  find(jti: string): Promise<TokenRecord | undefined>

  /** Answers an agent's tokens that are neither revoked nor expired, newest first. */
  live(agent: Id<"agent">, now: Date): Promise<readonly TokenRecord[]>

  /** Answers how many tokens of these agents together are neither revoked nor expired. */
  countLive(agents: readonly Id<"agent">[], now: Date): Promise<number>

  /** Revokes what is live of an agent, or of one of its tasks; answers how many. */
  revoke(of: { agent: Id<"agent">; task?: Id<"task"> }, at: Date): Promise<number>

  /** Drops tokens that expired before `before`; answers how many. */
  prune(before: Date): Promise<number>
}
