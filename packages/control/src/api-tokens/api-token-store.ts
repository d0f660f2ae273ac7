import type { Id, Role } from "@tabard/core"

/** A machine's way into the API, as it is kept: of the token itself nothing but its hash. */
export interface ApiToken {
  readonly id: Id<"apiToken">
  readonly tokenHash: string
  /** By which scans know it where they find it; null where none was made. */
  readonly fingerprint: string | null
  /** What it is for, in its maker's words. */
  readonly purpose: string
  /** The most that it may be; what its maker is now bounds it too. */
  readonly role: Role
  /** The operations and groups of operations that it may ask for. */
  readonly scopes: readonly string[]
  readonly madeBy: Id<"user">
  readonly madeAt: Date
  readonly expiresAt: Date
  /** To the minute; null where it was never used. */
  readonly lastUsedAt: Date | null
  readonly revoked: { readonly by: Id<"user">; readonly at: Date } | null
}

/** Keeps API tokens. Each sentence below is a test in api-token-store.contract.ts. */
export interface ApiTokenStore {
  /** Rejects where the id or the hash is taken. */
  insert(token: ApiToken): Promise<void>

  /** Answers undefined where there is none, its time has passed or it was revoked. */
  findLive(tokenHash: string, now: Date): Promise<ApiToken | undefined>

  /** Answers a token, ended or not; undefined where there is none of this id. */
  find(id: Id<"apiToken">): Promise<ApiToken | undefined>

  /** Answers tokens, ended ones too, the newest first, those behind `after`. */
  list(page: {
    readonly after?: Pick<ApiToken, "id" | "madeAt">
    readonly limit: number
  }): Promise<readonly ApiToken[]>

  /** Answers those of these tokens that there are, ended ones too. */
  of(ids: readonly Id<"apiToken">[]): Promise<readonly ApiToken[]>

  /** Answers a person's tokens that are live, in the order of their ids. */
  liveOf(madeBy: Id<"user">, now: Date): Promise<readonly ApiToken[]>

  /** Answers how many of a person's tokens are live. */
  countLive(madeBy: Id<"user">, now: Date): Promise<number>

  /** Revokes a token once and answers it as it then is; undefined where it is not there or revoked already. */
  revoke(id: Id<"apiToken">, revoked: { by: Id<"user">; at: Date }): Promise<ApiToken | undefined>

  /** Answers every live token, in the order of ids. */
  live(now: Date): Promise<readonly ApiToken[]>

  /** Says by what scans know a token; one that has a fingerprint keeps it. */
  know(id: Id<"apiToken">, fingerprint: string): Promise<void>

  /** Says that a token was used; an earlier time changes nothing. */
  touch(id: Id<"apiToken">, used: Date): Promise<void>
}
