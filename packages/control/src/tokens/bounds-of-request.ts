import {
  type EffectClass,
  type Id,
  type Instance,
  lowerTier,
  Problem,
  type Task,
  type Tiers,
  type TokenCondition,
} from "@tabard/core"
import { tiersInForce } from "../policies/tiers-in-force.ts"
import type { Transaction } from "../transaction.ts"
import { assertOnward } from "./assert-onward.ts"
import { requireDelegation } from "./chain-standing.ts"
import {
  type AgentPrincipal,
  livePrincipal,
  type PresentedToken,
  type PrincipalStore,
  TokenRefused,
} from "./check-token.ts"
import { type AskedBounds, commonScope, narrowBounds, type TokenBounds } from "./narrow-token.ts"
import { type ActiveAgent, requireActiveAgent } from "./require-active-agent.ts"
import { requireOpenTask } from "./require-open-task.ts"
import type { TokenActor, TokenRecord } from "./token-store.ts"

/** What a token is bounded by, as it is asked for. */
export interface BoundsRequest {
  readonly instance: Id<"instance">
  readonly task: Id<"task"> | null
  readonly audience: string
  /** The longest that it may live; it ends sooner with its task, a mandate or what it came from. */
  readonly lifetimeSeconds: number
  /** The effect classes that it is to be good for; all that there are where none is asked for. */
  readonly scope?: readonly EffectClass[] | null
  /** How many calls it is to be good for; as many as there are where none is asked for. */
  readonly calls?: number | null
  /** The one agent that may exchange it. */
  readonly mayAct?: Id<"agent"> | null
  /** The person who signed in. */
  readonly served?: Id<"user"> | null
  /** The token that it is exchanged for, its signature verified. */
  readonly subject?: PresentedToken | null
  /** The token by which whoever asks proves itself, where it does; what comes of it goes no further than it does. */
  readonly actor?: PresentedToken | null
  /**
   * Whether it is for another system, and good at no door of ours; where it is exchanged for a token, it is a word about
   * the person of that one.
   */
  readonly onward?: boolean
}

/** Who asks, with what a token of theirs is bounded by and where it comes from. */
export interface JudgedRequest extends ActiveAgent {
  readonly instance: Instance
  readonly bounds: TokenBounds
  readonly issuedAt: Date
  readonly lineage: readonly string[]
  readonly actors: readonly TokenActor[]
  readonly delegations: readonly Id<"delegation">[]
  readonly served: Id<"user"> | null
  /** The agents that it would act for, nearest first. */
  readonly chain: readonly ActiveAgent[]
  /** The run that it would be for. */
  readonly openTask: Task | null
  /** From where and when the tokens count that it comes from: it counts no further. */
  readonly conditions: readonly TokenCondition[]
  /** The person whose word it is: who signed in, or who opened the task. */
  readonly onBehalfOf: Id<"user"> | null
}

/** The stores that a request is judged by. */
export type JudgeStore = PrincipalStore | "organisation" | "policies"

/**
 * Answers what a token may be good for that is asked for now: whoever asks may act, and where it is exchanged for
 * another, that one and all it came from stand, its holder is allowed to act for its agent, and nothing widens.
 *
 * @throws {Problem}
 * @throws {TokenRefused} of the token that is exchanged
 */
export async function judgeRequest(
  tx: Pick<Transaction, JudgeStore>,
  request: BoundsRequest,
  now: Date,
): Promise<JudgedRequest> {
  const instance = await liveInstance(tx, request.instance)
  const active = await requireActiveAgent(tx, instance.agent, now)
  const standing = { ...active, instance }
  if (request.mayAct) await requireDelegation(tx, { from: instance.agent, to: request.mayAct }, now)
  if (!request.subject) return first(tx, { request, standing, now })
  const subject = await livePrincipal(tx, request.subject, now)
  return request.onward
    ? onward(tx, { request, standing, now }, subject)
    : exchange(tx, { request, standing, now }, subject)
}

/**
 * Answers an install that has not been revoked.
 *
 * @throws {Problem} instance_not_found
 */
export async function liveInstance(
  { instances }: Pick<Transaction, "instances">,
  id: Id<"instance">,
): Promise<Instance> {
  const instance = await instances.find(id)
  if (instance && !instance.revokedAt) return instance
  throw new Problem("instance_not_found", `There is no live instance ${id}; enrol a key again.`)
}

interface Judging {
  readonly request: BoundsRequest
  readonly standing: ActiveAgent & { readonly instance: Instance }
  readonly now: Date
}

async function first(
  tx: Pick<Transaction, JudgeStore>,
  { request, standing, now }: Judging,
): Promise<JudgedRequest> {
  const { agent, mandate } = standing
  const task = await ownTask(tx, request, { standing, now })
  const served = request.served ?? null
  return {
    ...standing,
    bounds: {
      audience: request.audience,
      scope: request.scope ?? null,
      callsLeft: request.calls ?? null,
      task: task && task.id,
      tier: mandate.tier,
      agents: [agent.id],
      expiresAt: endOf(request, [mandate.expiresAt, task?.expiresAt], now),
    },
    served,
    chain: [],
    openTask: task,
    onBehalfOf: served ?? task?.onBehalfOf ?? null,
    issuedAt: wholeSecond(now.getTime()),
    ...UNDERIVED,
  }
}

/** Where a token comes from that came from none. */
const UNDERIVED: Pick<JudgedRequest, "lineage" | "actors" | "delegations" | "conditions"> = {
  lineage: [],
  actors: [],
  delegations: [],
  conditions: [],
}

/** Whoever signed in lends an agent their own tasks, and nobody else's. */
async function ownTask(
  tx: Pick<Transaction, "tasks" | "users">,
  { task: id, served }: BoundsRequest,
  { standing: { agent, owner }, now }: Pick<Judging, "standing" | "now">,
): Promise<Task | null> {
  if (id === null) return null
  const task = await requireOpenTask(tx, [agent.id], id, now)
  if (served && task.onBehalfOf !== served)
    throw new Problem("task_not_found", `${served} opened no task ${id}.`)
  if (task.onBehalfOf !== owner.id) await assertStillHere(tx, task)
  return task
}

/** Whoever opened a task and left is served no more, also before what follows from their leaving has closed it. */
async function assertStillHere(
  { users }: Pick<Transaction, "users">,
  { id, onBehalfOf }: Task,
): Promise<void> {
  if ((await users.find(onBehalfOf))?.active) return
  throw new Problem("task_not_open", `${id} is over: the person whom it serves may not sign in any more.`)
}

async function exchange(
  tx: Pick<Transaction, JudgeStore>,
  { request, standing, now }: Judging,
  subject: AgentPrincipal,
): Promise<JudgedRequest> {
  const { agent, mandate } = standing
  const { token } = subject
  assertServed(subject)
  const allowed = await permitted(tx, subject, { agent: agent.id, now })
  const proof = request.actor ? await actorToken(tx, request.actor, { agent: agent.id, now }) : null
  const { delegationDepth: depth } = await tx.organisation.settings()
  const tiers = await tiersInForce(tx)
  const asked: AskedBounds = {
    agent: agent.id,
    tier: mandate.tier,
    audience: request.audience,
    scope: request.scope ?? null,
    allowed: commonScope(allowed.scope, proof?.scope ?? null),
    actor: proof,
    expiresAt: endOf(request, [mandate.expiresAt, allowed.expiresAt, proof?.expiresAt], now),
    calls: request.calls ?? null,
    task: request.task,
  }
  return {
    ...standing,
    bounds: narrowBounds(boundsOf(subject, tiers), asked, { depth, tiers }),
    issuedAt: wholeSecond(now.getTime()),
    lineage: [token.jti, ...token.lineage, ...(proof ? [proof.jti] : [])],
    actors: [{ agent: token.agent, instance: token.instance }, ...token.actors],
    delegations: [allowed.id, ...token.delegations],
    served: token.served,
    chain: [subject, ...subject.chain],
    openTask: subject.task,
    conditions: [token, proof].flatMap((from) => from?.conditions ?? []),
    onBehalfOf: subject.served?.id ?? null,
  }
}

/** Whoever holds a person's token has their word for another server. It ends no later, and is as revoked as the token. */
async function onward(
  tx: Pick<Transaction, JudgeStore>,
  { request, standing, now }: Judging,
  subject: AgentPrincipal,
): Promise<JudgedRequest> {
  assertOnward(subject, standing.instance)
  const { token } = subject
  return {
    ...standing,
    bounds: {
      ...boundsOf(subject, await tiersInForce(tx)),
      audience: request.audience,
      expiresAt: endOf(request, [standing.mandate.expiresAt, token.expiresAt], now),
    },
    issuedAt: wholeSecond(now.getTime()),
    lineage: [token.jti, ...token.lineage],
    actors: [],
    delegations: [],
    served: token.served,
    chain: [],
    openTask: subject.task,
    conditions: token.conditions,
    onBehalfOf: subject.served?.id ?? null,
  }
}

/** Nothing is lent on in the name of somebody who left: what came of it would be refused wherever it is used. */
function assertServed({ task, served }: AgentPrincipal): void {
  if (task && !served?.active)
    throw new TokenRefused("person_inactive", "The person whom this task serves may not sign in any more.")
}

/** Whoever acts proves itself by a token that it was issued for itself. */
async function actorToken(
  tx: Pick<Transaction, JudgeStore>,
  presented: PresentedToken,
  { agent, now }: { agent: Id<"agent">; now: Date },
): Promise<TokenRecord> {
  const { token } = await livePrincipal(tx, presented, now)
  if (token.agent === agent && token.lineage.length === 0) return token
  throw new Problem(
    "delegation_refused",
    "the actor_token has to be one that the agent was issued for itself",
  )
}

/** The holder of a token says who may act with it; whether that one may act for its agent at all, a person says. */
async function permitted(
  tx: Pick<Transaction, JudgeStore>,
  { agent: from, token }: AgentPrincipal,
  { agent: to, now }: { agent: Id<"agent">; now: Date },
): ReturnType<typeof requireDelegation> {
  if (token.mayAct !== null && token.mayAct !== to)
    throw new Problem("delegation_refused", `this token may be exchanged by ${token.mayAct} alone`)
  return requireDelegation(tx, { from: from.id, to }, now)
}

/** Answers what a live token is good for, with whoever it acts for. */
function boundsOf({ agent, mandate, chain, token }: AgentPrincipal, tiers: Tiers): TokenBounds {
  const { audience, scope, expiresAt, callsLeft, task } = token
  const tier = chain
    .map((link) => link.mandate.tier)
    .reduce((one, other) => lowerTier(tiers, one, other), mandate.tier)
  const agents = [agent.id, ...chain.map((link) => link.agent.id)]
  return { audience, scope, expiresAt, callsLeft, task, tier, agents }
}

/** Whole seconds, as a token spells them. It outlives what it hangs on by no more than the second that it has to have. */
function endOf(
  { lifetimeSeconds }: BoundsRequest,
  ends: readonly (Date | null | undefined)[],
  now: Date,
): Date {
  const issuedAt = wholeSecond(now.getTime()).getTime()
  const soonest = Math.min(
    issuedAt + lifetimeSeconds * 1000,
    ...ends.flatMap((end) => (end ? [end.getTime()] : [])),
  )
  return wholeSecond(Math.max(issuedAt + 1000, soonest))
}

function wholeSecond(ms: number): Date {
  return new Date(Math.floor(ms / 1000) * 1000)
}
