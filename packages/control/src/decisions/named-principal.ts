import { type Id, Problem } from "@tabard/core"
import { type PrincipalStore, standingPerson, teamsOfPerson } from "../tokens/check-token.ts"
import { type ActiveAgent, requireActiveAgent } from "../tokens/require-active-agent.ts"
import { requireOpenTask } from "../tokens/require-open-task.ts"
import type { Transaction } from "../transaction.ts"
import type { Acting } from "./question.ts"

/** Whom a registered door names: an agent, and what it acts through, under and for. */
export interface NamedAgent {
  readonly agent: Id<"agent">
  readonly instance?: Id<"instance">
  readonly task?: Id<"task">
  readonly onBehalfOf?: Id<"user">
  /** The agents that it acts for, nearest first. */
  readonly actingFor?: readonly Id<"agent">[]
}

type Stores = Pick<Transaction, PrincipalStore>

/**
 * Answers who acts where a door names them: everything that a token would have to be true of holds of them, but for a key.
 *
 * @throws {Problem} of an agent, task or install that may not act
 * @throws {TokenRefused} of a person who may not be served
 */
export async function namedPrincipal(tx: Stores, named: NamedAgent, now: Date): Promise<Acting> {
  const active = await requireActiveAgent(tx, named.agent, now)
  const chain: ActiveAgent[] = []
  for (const id of named.actingFor ?? []) chain.push(await requireActiveAgent(tx, id, now))
  const task = await openTaskOf(tx, named, now)
  const person = task?.onBehalfOf ?? named.onBehalfOf
  if (task && named.onBehalfOf !== undefined && named.onBehalfOf !== task.onBehalfOf) {
    throw new Problem("not_allowed", `${task.id} serves another person than ${named.onBehalfOf}`)
  }
  const instance = await standingInstance(tx, named)
  const served = person === undefined ? null : await standingPerson(tx, person)
  const servedTeams = served ? await teamsOfPerson(tx, served.id) : []
  return { ...active, instance, chain, task, served, servedTeams, jkt: null, token: null }
}

async function openTaskOf(
  tx: Stores,
  { agent, task, actingFor = [] }: NamedAgent,
  now: Date,
): Promise<Acting["task"]> {
  return task === undefined ? null : requireOpenTask(tx, [agent, ...actingFor], task, now)
}

async function standingInstance(
  { instances }: Stores,
  { agent, instance: id }: NamedAgent,
): Promise<Acting["instance"]> {
  if (id === undefined) return null
  const instance = await instances.find(id)
  if (instance?.agent === agent && instance.revokedAt === null) return instance
  throw new Problem("instance_not_found", `${agent} has no install ${id}`)
}
