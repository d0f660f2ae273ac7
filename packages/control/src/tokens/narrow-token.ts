import { type EffectClass, type Id, lowerTier, Problem, type TierName, type Tiers } from "@tabard/core"

/** All that bounds what a token is good for. */
export interface TokenBounds {
  readonly audience: string
  /** Null leaves it to the intents of its agents. */
  readonly scope: readonly EffectClass[] | null
  readonly expiresAt: Date
  readonly callsLeft: number | null
  readonly task: Id<"task"> | null
  readonly tier: TierName
  /** Whoever acts, then each agent that it acts for. */
  readonly agents: readonly Id<"agent">[]
}

/** What an agent asks for in exchange for a token, and what it brings along. */
export interface AskedBounds {
  readonly agent: Id<"agent">
  readonly tier: TierName
  readonly audience: string
  /** Null asks for all that there is. */
  readonly scope: readonly EffectClass[] | null
  /** The most that the permission to delegate allows. */
  readonly allowed: readonly EffectClass[] | null
  /** What the token is for by which whoever asks proves itself, where it does. */
  readonly actor: Pick<TokenBounds, "audience" | "task"> | null
  /** When it would end if it came from nothing. */
  readonly expiresAt: Date
  readonly calls: number | null
  /** Null asks for the task that there is. */
  readonly task: Id<"task"> | null
}

/** What the organisation settled about chains. */
export interface ChainBounds {
  /** How many agents a chain may hold. */
  readonly depth: number
  readonly tiers: Tiers
}

/**
 * Answers the bounds of a token that is exchanged for one with the bounds `from`: each of them is within what it came
 * from, and what is asked for beyond is refused rather than cut.
 *
 * @throws {Problem} audience_widened, bounds_widened, delegation_refused, scope_widened
 */
export function narrowBounds(
  from: TokenBounds,
  asked: AskedBounds,
  { depth, tiers }: ChainBounds,
): TokenBounds {
  return {
    audience: narrowAudience(from.audience, asked),
    scope: narrowScope(from.scope, asked),
    expiresAt: from.expiresAt < asked.expiresAt ? from.expiresAt : asked.expiresAt,
    callsLeft: narrowCalls(from.callsLeft, asked.calls),
    task: narrowTask(from.task, asked),
    tier: lowerTier(tiers, from.tier, asked.tier),
    agents: lengthenChain(from.agents, asked.agent, depth),
  }
}

/** An address below one is one server behind that gateway. */
function narrowAudience(from: string, { audience: asked, actor }: AskedBounds): string {
  if (!isWithin(asked, from))
    throw new Problem("audience_widened", `the token that is exchanged is for ${from} alone`)
  if (actor && !isWithin(asked, actor.audience))
    throw new Problem("audience_widened", `the actor_token is for ${actor.audience} alone`)
  return asked
}

function isWithin(audience: string, outer: string): boolean {
  return audience === outer || audience.startsWith(`${outer}/`)
}

function narrowScope(
  from: TokenBounds["scope"],
  { scope: asked, allowed }: AskedBounds,
): TokenBounds["scope"] {
  const most = commonScope(from, allowed)
  if (asked === null) {
    if (most?.length === 0) throw new Problem("scope_widened", "nothing may be delegated with this token")
    return most
  }
  const beyond = most === null ? [] : asked.filter((effect) => !most.includes(effect))
  if (beyond.length === 0) return asked
  throw new Problem("scope_widened", `${beyond.join(" ")} is more than may be delegated with this token`)
}

/** Answers what two scopes have in common, of which null is everything. */
export function commonScope(one: TokenBounds["scope"], other: TokenBounds["scope"]): TokenBounds["scope"] {
  if (one === null || other === null) return one ?? other
  return one.filter((effect) => other.includes(effect))
}

function narrowCalls(from: number | null, asked: number | null): number | null {
  if (from === null || asked === null) return from ?? asked
  if (asked <= from) return asked
  throw new Problem("bounds_widened", `the token that is exchanged has ${from} calls left`)
}

function narrowTask(from: Id<"task"> | null, { task: asked, actor }: AskedBounds): Id<"task"> | null {
  if (asked !== null && asked !== from)
    throw new Problem("bounds_widened", "the token that is exchanged is for another task, or for none")
  if (actor?.task && actor.task !== from)
    throw new Problem("bounds_widened", "the actor_token is for a task, and the other token not for that one")
  return from
}

function lengthenChain(
  from: readonly Id<"agent">[],
  agent: Id<"agent">,
  depth: number,
): readonly Id<"agent">[] {
  if (from.includes(agent))
    throw new Problem("delegation_refused", `${agent} is in this chain already; it needs no other token`)
  if (from.length >= depth)
    throw new Problem(
      "delegation_refused",
      `a chain may hold ${depth} agents here, and this one does already`,
    )
  return [agent, ...from]
}
