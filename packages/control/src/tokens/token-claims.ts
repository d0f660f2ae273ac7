import type { Id, TierName } from "@tabard/core"

/** What a token says about whom it was issued to, beside what RFC 9068 demands of every one. */
export interface TokenClaims {
  /** The SPIFFE-style identity of the instance. */
  readonly sub: string
  readonly agent: Id<"agent">
  readonly instance: Id<"instance">
  readonly owner: Id<"user">
  readonly tier: TierName
  readonly task?: Id<"task">
}

/** Whom a token is issued to. */
export interface TokenSubject {
  readonly trustDomain: string
  readonly agent: Id<"agent">
  readonly instance: Id<"instance">
  readonly owner: Id<"user">
  readonly tier: TierName
  readonly task: Id<"task"> | null
}

/** Answers an agent's identity, and with an instance that install's below it. */
export function spiffeId(trustDomain: string, agent: Id<"agent">, instance?: Id<"instance">): string {
  const id = `spiffe://${trustDomain}/agent/${agent}`
  return instance ? `${id}/instance/${instance}` : id
}

/** Builds the claims of ours. A token without a task has no such claim, rather than an empty one. */
export function tokenClaims({ trustDomain, agent, instance, owner, tier, task }: TokenSubject): TokenClaims {
  return {
    sub: spiffeId(trustDomain, agent, instance),
    agent,
    instance,
    owner,
    tier,
    ...(task && { task }),
  }
}
