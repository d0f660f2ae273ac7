import {
  type Agent,
  type Clock,
  type Id,
  type Instance,
  type Mandate,
  Problem,
  type Task,
  type User,
} from "@tabard/core"
import type { Snapshot, Transaction } from "../transaction.ts"
import { requireActiveAgent } from "./require-active-agent.ts"
import { requireOpenTask } from "./require-open-task.ts"
import type { TokenRecord } from "./token-store.ts"

/** What checking a token needs. */
export interface CheckTokenDeps {
  readonly snapshot: Snapshot<"agents" | "instances" | "tasks" | "teams" | "tokens" | "users">
  readonly clock: Clock
}

/** What a verified token says of itself. */
export interface PresentedToken {
  readonly jti: string
  readonly agent: Id<"agent">
  readonly instance: Id<"instance">
  readonly task: Id<"task"> | null
  readonly audience: string
  /** The thumbprint of the key that the token is bound to and that was just proven; null for a bearer token. */
  readonly jkt: string | null
}

/** Who makes a request: an agent that may act now, through one of its installs, under one task or none. */
export interface AgentPrincipal {
  readonly agent: Agent
  readonly mandate: Mandate
  readonly owner: User
  readonly instance: Instance
  readonly task: Task | null
  /** The person whom the task serves; null without a task, or where they are gone. */
  readonly served: User | null
  /** The teams that the person served belongs to now. */
  readonly servedTeams: readonly Id<"team">[]
  readonly jti: string
  readonly jkt: string | null
  readonly audience: string
}

/** Why a token that verified is worth nothing now; a refused agent or task keeps the code of its problem. */
export type TokenRefusal =
  | "token_unknown"
  | "token_revoked"
  | "token_expired"
  | "instance_revoked"
  | Problem["code"]

/** A token that verified and is worth nothing now. At a door all of these are `invalid_token` (RFC 6750 §3.1). */
export class TokenRefused extends Error {
  override readonly name = "TokenRefused"
  readonly code: TokenRefusal

  constructor(code: TokenRefusal, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/**
 * Answers who a verified token speaks for now, from one snapshot: a suspension, a revocation or a closed task that
 * was answered before this call is seen by it, and nothing is mixed from two moments.
 *
 * @throws {TokenRefused}
 */
export async function checkToken(
  { snapshot, clock }: CheckTokenDeps,
  presented: PresentedToken,
): Promise<AgentPrincipal> {
  return snapshot((tx) => livePrincipal(tx, presented, clock.now()))
}

/**
 * The same within a transaction that goes on to act on the answer.
 *
 * @throws {TokenRefused}
 */
export async function livePrincipal(
  tx: PrincipalStores,
  presented: PresentedToken,
  now: Date,
): Promise<AgentPrincipal> {
  try {
    return await principalOf(tx, presented, now)
  } catch (error) {
    if (error instanceof Problem) throw new TokenRefused(error.code, error.message, { cause: error })
    throw error
  }
}

type PrincipalStores = Pick<Transaction, "agents" | "instances" | "tasks" | "teams" | "tokens" | "users">

async function principalOf(
  tx: PrincipalStores,
  presented: PresentedToken,
  now: Date,
): Promise<AgentPrincipal> {
  const record = await tx.tokens.find(presented.jti)
  assertLive(record, presented, now)
  await assertLineage(tx, record)
  const instance = await tx.instances.find(presented.instance)
  assertEnrolled(instance, presented)
  const active = await requireActiveAgent(tx, presented.agent, now)
  const task = presented.task && (await requireOpenTask(tx, presented.agent, presented.task, now))
  const served = (task && (await tx.users.find(task.onBehalfOf))) ?? null
  const servedTeams = served ? await teamsOf(tx, served.id) : []
  const { jti, jkt, audience } = presented
  return { ...active, instance, task, served, servedTeams, jti, jkt, audience }
}

async function teamsOf({ teams }: PrincipalStores, user: Id<"user">): Promise<readonly Id<"team">[]> {
  return ((await teams.teamsOf([user])).get(user) ?? []).map(({ id }) => id)
}

/** The record, not the token, says what was issued; one that says otherwise was not made here. */
function assertLive(
  record: TokenRecord | undefined,
  presented: PresentedToken,
  now: Date,
): asserts record is TokenRecord {
  if (!record || !sameGrant(record, presented))
    throw new TokenRefused("token_unknown", "This token was not issued here.")
  if (record.revokedAt) throw new TokenRefused("token_revoked", "This token was revoked; ask for a new one.")
  if (now >= record.expiresAt)
    throw new TokenRefused("token_expired", "This token is over; ask for a new one.")
}

function sameGrant(record: TokenRecord, presented: PresentedToken): boolean {
  return (
    record.agent === presented.agent &&
    record.instance === presented.instance &&
    record.task === presented.task &&
    record.audience === presented.audience &&
    record.jkt === presented.jkt
  )
}

/** What a token came from is not looked for in the token, and one that is not there any more counts as revoked. */
async function assertLineage({ tokens }: PrincipalStores, { lineage }: TokenRecord): Promise<void> {
  if (lineage.length === 0 || (await tokens.countStanding(lineage)) === lineage.length) return
  throw new TokenRefused("token_revoked", "A token that this one came from was revoked; ask for a new one.")
}

function assertEnrolled(
  instance: Instance | undefined,
  { agent, jkt }: PresentedToken,
): asserts instance is Instance {
  const isOwn = instance?.kind !== "key" || instance.thumbprint === jkt
  if (!instance || instance.revokedAt || instance.agent !== agent || !isOwn) {
    throw new TokenRefused("instance_revoked", "The key behind this token is not enrolled (any more).")
  }
}
