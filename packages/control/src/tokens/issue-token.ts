import {
  type Id,
  type JsonObject,
  Problem,
  type TokenCondition,
  type TokenSettings,
  visibleText,
} from "@tabard/core"
import { type AnsweredToken, spendOnToken } from "../approvals/spend-on-token.ts"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { KeptOut } from "../decisions/judge-door.ts"
import type { PolicyKeeper } from "../decisions/policies-in-force.ts"
import type { SeenAtDoor } from "../decisions/question.ts"
import { recordDisputeAtDoor } from "../decisions/record-dispute.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { assertCountsAnywhere } from "./assert-onward.ts"
import { type BoundsRequest, type JudgedRequest, type JudgeStore, judgeRequest } from "./bounds-of-request.ts"
import { TokenRefused } from "./check-token.ts"
import { assertMayBeIssued, type JudgeIssueStore } from "./judge-issue.ts"
import type { SingleUse } from "./replay-store.ts"
import { takeAll } from "./single-use.ts"
import { type TokenClaims, tokenClaims } from "./token-claims.ts"
import type { TokenGrant, TokenRecord } from "./token-store.ts"
import { withinSettings } from "./within-settings.ts"

/** The stores that issuing a token touches. */
export type IssueStore =
  | JudgeIssueStore
  | JudgeStore
  | "approvals"
  | "maintainers"
  | "oauthModels"
  | "outbox"
  | "replays"

/** What issuing a token needs. */
export interface IssueTokenDeps extends RecordContext {
  readonly transact: Transact<IssueStore>
  readonly policies: PolicyKeeper
}

/** A workload that proved itself by a token of its platform, as far as the record tells of it. */
export interface AskingWorkload {
  readonly rule: Id<"trustRule">
  readonly issuer: string
  readonly subject: string
  /** From where and when its rule lets what it is issued count. */
  readonly counts: TokenCondition
}

/** What an authenticated instance asks for. */
export interface TokenRequest extends BoundsRequest {
  readonly jti: string
  /** The thumbprint of the key that was proven, and that the token is bound to; null for a bearer token. */
  readonly jkt: string | null
  readonly grant: TokenGrant
  /** What the organisation has settled about tokens. */
  readonly settings: TokenSettings
  /** What the request used that may be used once, taken in the transaction that issues or records the refusal. */
  readonly once: readonly SingleUse[]
  /** What the authorization server keeps of the request, written with the token or not at all. */
  readonly along?: (tx: Pick<Transaction, "oauthModels">) => Promise<void>
  /** What its platform says of a workload that a trust rule takes. */
  readonly workload?: AskingWorkload
  /** A person's yes to exactly this, used up with it. */
  readonly answered?: AnsweredToken
  /** What the token endpoint saw of the way that the request came. */
  readonly seen?: SeenAtDoor | undefined
}

/** What the server signs. */
export interface IssuedToken {
  readonly claims: TokenClaims
  readonly issuedAt: Date
  readonly expiresAt: Date
}

/**
 * Issues a token: whoever asks is judged in the transaction that records it, so no token outlives the moment in which
 * its agent stood. It is recorded before it is signed; one that could not be shown afterwards never exists. A refusal
 * is an event as well, but for a request that was made before: whoever overheard it must not be able to fill the log.
 *
 * @throws {AlreadyUsed}
 * @throws {KeptOut} where policies forbid it
 * @throws {Problem} instance_not_found, agent_not_found, agent_not_active, agent_orphaned, agent_expired,
 * approval_spent, not_an_approver, task_not_found, task_not_open, audience_widened, bounds_widened, delegation_refused, proof_required, scope_widened
 * @throws {TokenRefused} where the token that is exchanged is worth nothing now
 */
export async function issueToken(deps: IssueTokenDeps, request: TokenRequest): Promise<IssuedToken> {
  try {
    return await deps.transact((tx) => issue(deps, tx, request))
  } catch (error) {
    if (error instanceof Problem || error instanceof TokenRefused) await recordRefusal(deps, request, error)
    throw error
  }
}

async function issue(
  deps: IssueTokenDeps,
  tx: Pick<Transaction, IssueStore>,
  request: TokenRequest,
): Promise<IssuedToken> {
  const now = deps.clock.now()
  await takeAll(tx, request.once)
  await request.along?.(tx)
  const judged = withinSettings(await judgeRequest(tx, request, now), request)
  if (request.onward) assertCountsAnywhere(judged)
  await assertMayBeIssued(deps, tx, { judged, jkt: request.jkt, seen: request.seen })
  if (request.answered) await spendOnToken(deps, tx, request.answered)
  const record = recordOf(request, judged)
  // None needs another's answer: they are kept in this order, without waiting for each.
  await Promise.all([
    tx.tokens.insert(record),
    tx.instances.markUsed(record.instance, now),
    recordIssue(deps, tx, { ...judged, ...causeOf(request) }, record),
  ])
  return {
    claims: claimsOf(deps, judged, record),
    issuedAt: record.issuedAt,
    expiresAt: record.expiresAt,
  }
}

function recordOf(
  { jti, jkt, grant, mayAct = null }: TokenRequest,
  { agent, instance, bounds, lineage, actors, delegations, served, conditions, issuedAt }: JudgedRequest,
): TokenRecord {
  const { audience, scope, callsLeft, task, expiresAt } = bounds
  return {
    jti,
    agent: agent.id,
    instance: instance.id,
    task,
    audience,
    jkt,
    grant,
    lineage,
    actors,
    served,
    delegations,
    mayAct,
    scope,
    callsLeft,
    conditions,
    issuedAt,
    expiresAt,
    revokedAt: null,
  }
}

function claimsOf(
  { organisation }: RecordContext,
  { owner, bounds }: JudgedRequest,
  record: TokenRecord,
): TokenClaims {
  const { trustDomain } = organisation
  return tokenClaims({ ...record, trustDomain, owner: owner.id, tier: bounds.tier })
}

async function recordIssue(
  deps: IssueTokenDeps,
  { outbox }: Pick<Transaction, "outbox">,
  { owner, bounds, onBehalfOf, workload, answered }: JudgedRequest & IssueCause,
  {
    jti,
    grant,
    agent,
    instance,
    task,
    audience,
    scope,
    callsLeft,
    expiresAt,
    actors,
    ...record
  }: TokenRecord,
): Promise<void> {
  const [from] = record.lineage
  await recordEvent(deps, outbox, {
    type: "token.issued",
    actor: { kind: "agent", id: agent, instance },
    actors: actors.map((link) => link.agent),
    agent,
    instance,
    owner: owner.id,
    ...(onBehalfOf && { onBehalfOf }),
    task,
    ...(answered && { approval: answered.approval, call: answered.call }),
    resource: audience,
    data: {
      jti,
      grant,
      tier: bounds.tier,
      expiresAt: expiresAt.toISOString(),
      ...(scope && { scope: [...scope] }),
      ...(callsLeft !== null && { calls: callsLeft }),
      ...(from !== undefined && { from, delegations: [...record.delegations] }),
      ...(workload && { workload }),
    },
  })
}

/** On whose word a token is issued, beside its agent's own. */
interface IssueCause {
  readonly workload?: JsonObject
  readonly answered?: AnsweredToken | undefined
}

function causeOf(request: TokenRequest): IssueCause {
  return { ...workloadIn(request), answered: request.answered }
}

/** An outsider chose the words of its subject: as much of it is kept as names it. */
function workloadIn({ workload }: TokenRequest): { readonly workload?: JsonObject } {
  if (!workload) return {}
  const { rule, issuer, subject } = workload
  return { workload: { rule, issuer, subject: visibleText(subject) } }
}

/** In a transaction of its own: the one that was refused has been rolled back. */
async function recordRefusal(
  deps: IssueTokenDeps,
  request: TokenRequest,
  refusal: Problem | TokenRefused,
): Promise<void> {
  const { code } = refusal
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
      outcome: code,
      data: {
        ...(request.subject && { from: request.subject.jti }),
        ...(refusal instanceof KeptOut && { reasons: refusal.reasons }),
        ...workloadIn(request),
      },
    })
    if (refusal instanceof KeptOut && refusal.dispute)
      await recordDisputeAtDoor(deps, tx, refusal.dispute, request.audience)
  })
}
