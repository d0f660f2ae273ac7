import type { JsonObject } from "@tabard/core"

/** Keeps the authorization server's own short-lived records. Each sentence is a test in oauth-model-store.contract.ts. */
export interface OAuthModelStore {
  /** Keeps or replaces a record until `expiresAt`; null keeps it for good. */
  put(record: OAuthModel): Promise<void>

  /** Answers undefined where there is none, or its time has passed. */
  find(model: string, id: string, now: Date): Promise<OAuthModel | undefined>

  /** Marks a record consumed: of any number of callers exactly one answers true. */
  consume(model: string, id: string, at: Date): Promise<boolean>

  /** Forgets a record; one that is not there is already forgotten. */
  remove(model: string, id: string): Promise<void>

  /** Answers how many records of a grant are kept. */
  countGrant(grant: string): Promise<number>

  /** Forgets every record of a grant. */
  removeGrant(grant: string): Promise<void>

  /** Drops records that expired before `before`; answers how many. */
  prune(before: Date): Promise<number>
}

/** One record of the authorization server. */
export interface OAuthModel {
  readonly model: string
  readonly id: string
  readonly payload: JsonObject
  readonly grant: string | null
  readonly consumedAt: Date | null
  readonly expiresAt: Date | null
}
