import type { EffectClass, Id, TierName, TokenCondition } from "@tabard/core"
import type { TokenActor } from "./token-store.ts"

/** Who acts, and for whom: https://www.rfc-editor.org/rfc/rfc8693#section-4.1 */
export interface ActClaim {
  readonly sub: string
  readonly act?: ActClaim
}

/** What a token says about whom it was issued to, beside what RFC 9068 demands of every one. */
export interface TokenClaims {
  /** Whom it is about: the person who signed in, or the SPIFFE-style identity of the first install of the chain. */
  readonly sub: string
  /** Who acts now, and nested in it who acted before; absent where the subject acts by itself. */
  readonly act?: ActClaim
  /** The one party that may exchange it (RFC 8693 §4.4). */
  readonly may_act?: { readonly sub: string }
  readonly agent: Id<"agent">
  readonly instance: Id<"instance">
  readonly owner: Id<"user">
  readonly tier: TierName
  readonly task?: Id<"task">
  /** From where and when it counts: every one of them has to hold; absent where it does from anywhere, at any time. */
  readonly conditions?: readonly TokenCondition[]
  /** Effect classes, as RFC 8693 §4.2 spells them; absent where the intents alone bound it. */
  readonly scope?: string
}

/** Whom a token is issued to. */
export interface TokenSubject {
  readonly trustDomain: string
  readonly agent: Id<"agent">
  readonly instance: Id<"instance">
  readonly owner: Id<"user">
  readonly tier: TierName
  readonly task: Id<"task"> | null
  /** The installs that it acts for, nearest first. */
  readonly actors?: readonly TokenActor[]
  /** The person who signed in. */
  readonly served?: Id<"user"> | null
  readonly mayAct?: Id<"agent"> | null
  readonly scope?: readonly EffectClass[] | null
  readonly conditions?: readonly TokenCondition[]
}

/** Answers an agent's identity, and with an instance that install's below it. */
export function spiffeId(trustDomain: string, agent: Id<"agent">, instance?: Id<"instance">): string {
  const id = `spiffe://${trustDomain}/agent/${agent}`
  return instance ? `${id}/instance/${instance}` : id
}

/** Builds the claims of ours. What a token does not have is no claim, rather than an empty one. */
export function tokenClaims(subject: TokenSubject): TokenClaims {
  const { trustDomain, agent, instance, owner, tier, task, mayAct, scope, conditions = [] } = subject
  return {
    ...partiesOf(subject),
    ...(mayAct && { may_act: { sub: spiffeId(trustDomain, mayAct) } }),
    agent,
    instance,
    owner,
    tier,
    ...(task && { task }),
    ...(scope && { scope: scope.join(" ") }),
    ...(conditions.length > 0 && { conditions }),
  }
}

/** Of a chain without a person the first install is the subject, and whoever came after it acts. */
function partiesOf({
  trustDomain,
  agent,
  instance,
  actors = [],
  served,
}: TokenSubject): Pick<TokenClaims, "sub" | "act"> {
  const chain = [{ agent, instance }, ...actors].map((link) =>
    spiffeId(trustDomain, link.agent, link.instance),
  )
  const [first = "", ...later] = chain.toReversed()
  const act = nested(served ? [first, ...later] : later)
  return { sub: served ?? first, ...(act && { act }) }
}

/** The current actor outermost: whoever acted first is nested deepest. */
function nested(acted: readonly string[]): ActClaim | undefined {
  return acted.reduce<ActClaim | undefined>((act, sub) => ({ sub, ...(act && { act }) }), undefined)
}
