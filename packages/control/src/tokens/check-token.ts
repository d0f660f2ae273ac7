import {
  type Agent,
  type Clock,
  holdsKey,
  type Id,
  type Instance,
  type Mandate,
  Problem,
  type Task,
  type User,
} from "@tabard/core"
import type { Snapshot, Transaction } from "../transaction.ts"
import { ChainBroken, standingChain } from "./chain-standing.ts"
import { type ActiveAgent, requireActiveAgent } from "./require-active-agent.ts"
import { requireOpenTask } from "./require-open-task.ts"
import type { TokenRecord } from "./token-store.ts"

/** The stores that say who a token speaks for. */
export type PrincipalStore = "agents" | "delegations" | "instances" | "tasks" | "teams" | "tokens" | "users"

/** What checking a token needs. */
export interface CheckTokenDeps {
  readonly snapshot: Snapshot<PrincipalStore>
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
  /** The address that it came from, where its door saw that. */
  readonly address?: string | undefined
  /** What its door saw besides of the way that it came. */
  readonly posture?: readonly string[] | undefined
}

/** Who makes a request: an agent that may act now, through one of its installs, under one task or none. */
export interface AgentPrincipal {
  readonly agent: Agent
  readonly mandate: Mandate
  readonly owner: User
  readonly instance: Instance
  readonly task: Task | null
  /** The agents that it acts for, nearest first; none where it acts by itself. */
  readonly chain: readonly ActiveAgent[]
  /** The person whom the task serves, or who signed in; null where there is none, or where they are gone. */
  readonly served: User | null
  /** The teams that the person served belongs to now. */
  readonly servedTeams: readonly Id<"team">[]
  readonly jti: string
  readonly jkt: string | null
  readonly audience: string
  /** As it was issued. */
  readonly token: TokenRecord
}

/** Why a token that verified is worth nothing now; a refused agent or task keeps the code of its problem. */
export type TokenRefusal =
  | "token_unknown"
  | "token_revoked"
  | "token_expired"
  | "instance_revoked"
  | "delegation_withdrawn"
  | "person_inactive"
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
    if (error instanceof Problem || error instanceof ChainBroken)
      throw new TokenRefused(error.code, error.message, { cause: error })
    throw error
  }
}

type PrincipalStores = Pick<Transaction, PrincipalStore>

async function principalOf(
  tx: PrincipalStores,
  presented: PresentedToken,
  now: Date,
): Promise<AgentPrincipal> {
  const record = await tx.tokens.find(presented.jti)
  assertLive(record, presented, now)
  const instance = await tx.instances.find(presented.instance)
  assertEnrolled(instance, presented, now)
  const active = await requireActiveAgent(tx, presented.agent, now)
  const chain = await standingChain(tx, record, now)
  const agents = [presented.agent, ...chain.map(({ agent }) => agent.id)] as const
  const task = presented.task && (await requireOpenTask(tx, agents, presented.task, now))
  const served = await servedBy(tx, record, task)
  const servedTeams = served ? await teamsOfPerson(tx, served.id) : []
  const { jti, jkt, audience } = presented
  return { ...active, instance, chain, task, served, servedTeams, jti, jkt, audience, token: record }
}

/** Whoever signed in, or opened the task, is there and active, or nothing is done in their name. */
async function servedBy(
  { users }: PrincipalStores,
  { served: signedIn }: TokenRecord,
  task: Task | null,
): Promise<User | null> {
  const id = signedIn ?? task?.onBehalfOf
  return id ? standingPerson({ users }, id) : null
}

/**
 * Answers the person who is served, if they are there and active.
 *
 * @throws {TokenRefused}
 */
export async function standingPerson({ users }: Pick<Transaction, "users">, id: Id<"user">): Promise<User> {
  const person = await users.find(id)
  if (!person?.active)
    throw new TokenRefused("person_inactive", "The person whom this token serves may not sign in any more.")
  return person
}

/** Answers the teams that a person belongs to now. */
export async function teamsOfPerson(
  { teams }: Pick<Transaction, "teams">,
  user: Id<"user">,
): Promise<readonly Id<"team">[]> {
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

function assertEnrolled(
  instance: Instance | undefined,
  { agent, jkt }: PresentedToken,
  now: Date,
): asserts instance is Instance {
  if (!instance || instance.revokedAt || instance.agent !== agent || !holdsKey(instance, jkt, now)) {
    throw new TokenRefused("instance_revoked", "The key behind this token is not enrolled (any more).")
  }
}
