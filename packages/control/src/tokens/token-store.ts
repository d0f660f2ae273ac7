import type { EffectClass, Id, TokenCondition } from "@tabard/core"

/** How a token was asked for. */
export type TokenGrant =
  | "client_credentials"
  | "jwt-bearer"
  | "token-exchange"
  | "authorization_code"
  | "refresh_token"
  | "device_code"
  | "ciba"

/** An agent that another acts for, through the install that was issued the token. */
export interface TokenActor {
  readonly agent: Id<"agent">
  readonly instance: Id<"instance">
}

/** A token as it was issued; its bytes are not kept. */
export interface TokenRecord {
  /** The claim of that name (RFC 7519 §4.1.7). */
  readonly jti: string
  readonly agent: Id<"agent">
  readonly instance: Id<"instance">
  readonly task: Id<"task"> | null
  readonly audience: string
  /** The thumbprint of the key that it is bound to; null for a bearer token. */
  readonly jkt: string | null
  readonly grant: TokenGrant
  /** The tokens that it came from, nearest first: it stands no longer than any of them. */
  readonly lineage: readonly string[]
  /** The agents that it acts for, nearest first. */
  readonly actors: readonly TokenActor[]
  /** The person who signed its client in, or whose token it came from; null where only a task names one. */
  readonly served: Id<"user"> | null
  /** The permissions to delegate that it was exchanged under, nearest first. */
  readonly delegations: readonly Id<"delegation">[]
  /** The one agent that may exchange it (RFC 8693 §4.4); null leaves it to permissions to delegate. */
  readonly mayAct: Id<"agent"> | null
  /** The effect classes that it may be used for; null leaves them to the intent. */
  readonly scope: readonly EffectClass[] | null
  /** How many calls may still be made with it; null where they are not counted. */
  readonly callsLeft: number | null
  /** From where and when it counts: every one of them has to hold. */
  readonly conditions: readonly TokenCondition[]
  readonly issuedAt: Date
  readonly expiresAt: Date
  readonly revokedAt: Date | null
}

/** Whose tokens. */
export interface TokensOf {
  readonly agent: Id<"agent">
  readonly task?: Id<"task">
  readonly instance?: Id<"instance">
}

/** Which install a token was issued to, and the thumbprint of the key that it is bound to; null for a bearer token. */
export type TokenBinding = Pick<TokenRecord, "instance" | "jkt">

/** Keeps what was issued. Each sentence below is a test in token-store.contract.ts. */
export interface TokenStore {
  /** Rejects where the jti is taken. */
  insert(token: TokenRecord): Promise<void>

  /** Answers undefined where no such token was issued here. */
  find(jti: string): Promise<TokenRecord | undefined>

  /** Answers what each of these tokens is bound to; those that were not issued here or were revoked are left out. */
  standing(jtis: readonly string[]): Promise<readonly TokenBinding[]>

  /** Answers an agent's tokens that are neither revoked nor expired, newest first. */
  live(agent: Id<"agent">, now: Date): Promise<readonly TokenRecord[]>

  /** Answers how many tokens of these agents together, and how many that came from theirs, are neither revoked nor expired. */
  countLive(agents: readonly Id<"agent">[], now: Date): Promise<number>

  /** Answers how many live tokens came from each of these, however far; those from which none came are left out. */
  liveBelow(jtis: readonly string[], now: Date): Promise<ReadonlyMap<string, number>>

  /**
   * Takes one call off each of these tokens that counts its calls. Of any number at once, as many answer true as the
   * least of them has left; another answers false and takes nothing off any.
   */
  takeCall(jtis: readonly string[]): Promise<boolean>

  /** Revokes one token and what came from it; answers false where it is not there or revoked already. */
  revokeOne(jti: string, at: Date): Promise<boolean>

  /** Revokes what is live of an agent, of one of its tasks or installs, and what came from it; answers how many in all. */
  revoke(of: TokensOf, at: Date): Promise<number>

  /** Answers how many live tokens serve a person: who signed their client in, or whose token they came from. */
  countServing(user: Id<"user">, now: Date): Promise<number>

  /** Revokes what serves a person, and what came from it; answers how many in all. */
  revokeServing(user: Id<"user">, at: Date): Promise<number>

  /** Revokes what was exchanged under a permission to delegate, and what came from it; answers how many in all. */
  revokeUnder(delegation: Id<"delegation">, at: Date): Promise<number>

  /** Drops tokens that expired before `before`; answers how many. */
  prune(before: Date): Promise<number>
}
