import { type Id, type Instance, Problem, type Task } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { type ActiveAgent, requireActiveAgent } from "./require-active-agent.ts"
import { requireOpenTask } from "./require-open-task.ts"
import { type SingleUse, takeAll } from "./single-use.ts"
import { type TokenClaims, tokenClaims } from "./token-claims.ts"
import type { TokenGrant } from "./token-store.ts"

/** What issuing a token needs. */
export interface IssueTokenDeps extends RecordContext {
  readonly transact: Transact<"agents" | "instances" | "outbox" | "replays" | "tasks" | "tokens" | "users">
}

/** What an authenticated instance asks for. */
export interface TokenRequest {
  readonly jti: string
  readonly instance: Id<"instance">
  readonly task: Id<"task"> | null
  readonly audience: string
  /** The thumbprint of the key that was proven, and that the token is bound to; null for a bearer token. */
  readonly jkt: string | null
  readonly grant: TokenGrant
  /** The longest that it may live; it ends sooner with its task or the agent's mandate. */
  readonly lifetimeSeconds: number
  /** What the request used that may be used once, taken in the transaction that issues or records the refusal. */
  readonly once: readonly SingleUse[]
}

/** What the server signs. */
export interface IssuedToken {
  readonly claims: TokenClaims
  readonly issuedAt: Date
  readonly expiresAt: Date
}

interface Standing extends ActiveAgent {
  readonly instance: Instance
  readonly task: Task | null
}

/**
 * Issues a token: whoever asks is judged in the transaction that records it, so no token outlives the moment in which
 * its agent stood. It is recorded before it is signed; one that could not be shown afterwards never exists. A refusal
 * is an event as well, but for a request that was made before: whoever overheard it must not be able to fill the log.
 *
 * @throws {AlreadyUsed}
 * @throws {Problem} instance_not_found, agent_not_found, agent_not_active, agent_orphaned, agent_expired,
 * task_not_found, task_not_open
 */
export async function issueToken(deps: IssueTokenDeps, request: TokenRequest): Promise<IssuedToken> {
  try {
    return await deps.transact((tx) => issue(deps, tx, request))
  } catch (error) {
    if (error instanceof Problem) await recordRefusal(deps, request, error)
    throw error
  }
}

async function issue(
  deps: IssueTokenDeps,
  tx: Pick<Transaction, "agents" | "instances" | "outbox" | "replays" | "tasks" | "tokens" | "users">,
  request: TokenRequest,
): Promise<IssuedToken> {
  const now = deps.clock.now()
  await takeAll(tx, request.once)
  const standing = await standingOf(tx, request, now)
  const served = standing.task?.onBehalfOf
  const token = { claims: claimsOf(deps, standing), ...lifetimeOf(standing, request.lifetimeSeconds, now) }
  const { instance, agent, task } = token.claims
  const { jti, audience, jkt, grant } = request

  await tx.tokens.insert({
    jti,
    agent,
    instance,
    task: task ?? null,
    audience,
    jkt,
    grant,
    lineage: [],
    actors: [],
    served: null,
    delegations: [],
    mayAct: null,
    scope: null,
    callsLeft: null,
    issuedAt: token.issuedAt,
    expiresAt: token.expiresAt,
    revokedAt: null,
  })
  await tx.instances.markUsed(instance, now)
  await recordEvent(deps, tx.outbox, {
    type: "token.issued",
    actor: { kind: "agent", id: agent, instance },
    agent,
    instance,
    owner: token.claims.owner,
    ...(served && { onBehalfOf: served }),
    task: task ?? null,
    resource: audience,
    data: { jti, grant, tier: token.claims.tier, expiresAt: token.expiresAt.toISOString() },
  })
  return token
}

async function standingOf(
  tx: Pick<Transaction, "agents" | "instances" | "tasks" | "users">,
  request: TokenRequest,
  now: Date,
): Promise<Standing> {
  const instance = await tx.instances.find(request.instance)
  if (!instance || instance.revokedAt) {
    throw new Problem(
      "instance_not_found",
      `There is no live instance ${request.instance}; enrol a key again.`,
    )
  }
  const active = await requireActiveAgent(tx, instance.agent, now)
  const task = request.task && (await requireOpenTask(tx, instance.agent, request.task, now))
  return { ...active, instance, task }
}

function claimsOf(
  { organisation }: RecordContext,
  { agent, mandate, owner, instance, task }: Standing,
): TokenClaims {
  return tokenClaims({
    trustDomain: organisation.trustDomain,
    agent: agent.id,
    instance: instance.id,
    owner: owner.id,
    tier: mandate.tier,
    task: task && task.id,
  })
}

/** Whole seconds, as a token spells them. It outlives mandate and task by no more than the second that it has to have. */
function lifetimeOf(
  { mandate, task }: Standing,
  lifetimeSeconds: number,
  now: Date,
): { issuedAt: Date; expiresAt: Date } {
  const issuedAt = wholeSecond(now.getTime())
  const ends = [issuedAt.getTime() + lifetimeSeconds * 1000, mandate.expiresAt.getTime()]
  if (task) ends.push(task.expiresAt.getTime())
  return { issuedAt, expiresAt: wholeSecond(Math.max(issuedAt.getTime() + 1000, Math.min(...ends))) }
}

function wholeSecond(ms: number): Date {
  return new Date(Math.floor(ms / 1000) * 1000)
}

/** In a transaction of its own: the one that was refused has been rolled back. */
async function recordRefusal(deps: IssueTokenDeps, request: TokenRequest, problem: Problem): Promise<void> {
  await deps.transact(async (tx) => {
    const { instances, outbox } = tx
    await takeAll(tx, request.once)
    const instance = await instances.find(request.instance)
    const actor = instance
      ? ({ kind: "agent", id: instance.agent, instance: instance.id } as const)
      : ({ kind: "system", id: "issuer" } as const)
    await recordEvent(deps, outbox, {
      type: "token.refused",
      actor,
      ...(instance && { agent: instance.agent, instance: instance.id }),
      task: request.task,
      resource: request.audience,
      outcome: problem.code,
    })
  })
}
