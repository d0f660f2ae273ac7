import { type Agent, type JsonObject, Problem } from "@tabard/core"
import { UNSAID_ENVIRONMENT } from "@tabard/intent"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { describedBy } from "../decisions/described-by.ts"
import { standBehind } from "../decisions/oversee-widening.ts"
import { assertAnswersFor, type Caller, isSteward } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Snapshot, Transact } from "../transaction.ts"
import { isObserving, type ObservePeriod } from "./observe-store.ts"
import { observedDigest } from "./observed-digest.ts"
import { type RehearsalStanding, rehearsalStanding } from "./rehearsal-standing.ts"

/** The stores that observing an agent, and ending it, touches. */
export type ObserveModeStores =
  | "agents"
  | "facts"
  | "observing"
  | "organisation"
  | "outbox"
  | "policies"
  | "risks"
  | "servers"
  | "users"

export interface ObserveModeDeps extends RecordContext {
  readonly transact: Transact<ObserveModeStores>
}

export interface ObserveReadDeps extends Pick<RecordContext, "clock"> {
  readonly snapshot: Snapshot<"agents" | "facts" | "observing" | "policies" | "risks" | "servers">
}

/** The longest that an agent may be observed at a stretch. */
export const MOST_OBSERVED_DAYS = 30

/** Which agent is to be observed, why, and for how many days. */
export interface ObserveWish {
  readonly agent: string
  readonly reason: string
  /** 1 to 30. */
  readonly days: number
}

/** An agent's latest time in observe mode, and whether it still runs. */
export interface AgentObserving {
  readonly period: ObservePeriod | undefined
  readonly isObserving: boolean
  readonly rehearsal: RehearsalStanding | undefined
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Where only security and administrators let an agent do what its manifest does not say. */
const SENSITIVE: readonly string[] = ["production", UNSAID_ENVIRONMENT]

/**
 * Lets an active agent do for some days what its own bounds would stop, and keeps what that would have been. What guard-rails forbid
 * stays forbidden. It ends by itself.
 *
 * @throws {Problem} agent_not_found, not_allowed, agent_state_conflict, body_invalid, second_person_needed
 */
export async function observeAgent(
  deps: ObserveModeDeps,
  by: Caller,
  { agent: id, reason, days }: ObserveWish,
): Promise<ObservePeriod> {
  assertSomeDays(days)
  return deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, agent.owner)
    assertActive(agent)
    const { environment } = await describedBy(tx, [agent.id])
    assertMayObserveIn(environment, by)
    const widenedBy = await standBehind(tx, agent, by)
    const startedAt = deps.clock.now()
    const endsAt = new Date(startedAt.getTime() + days * DAY_MS)
    const began = { agent: agent.id, startedAt, startedBy: by.id, reason, environment, endsAt }
    if (!(await tx.observing.start(began))) {
      throw new Problem("agent_state_conflict", `${agent.id} is observed already; end that first`)
    }
    await tx.organisation.bumpVersion()
    const until = endsAt.toISOString()
    await recordMode(deps, tx, by, {
      agent,
      data: { mode: "observe", reason, environment, until, widenedBy },
    })
    return { ...began, endedAt: null, endedBy: null, calls: 0 }
  })
}

/**
 * Has an agent's bounds enforced again: every call that is decided after this has answered is held to them.
 *
 * @throws {Problem} agent_not_found, not_allowed, agent_state_conflict
 */
export async function enforceAgent(
  deps: ObserveModeDeps,
  by: Caller,
  { agent: id, reason }: Pick<ObserveWish, "agent" | "reason">,
): Promise<void> {
  await deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, agent.owner)
    if (!(await tx.observing.end(agent.id, by.id, deps.clock.now()))) {
      throw new Problem("agent_state_conflict", `${agent.id} is not observed: its bounds are enforced`)
    }
    await tx.organisation.bumpVersion()
    const digest = await observedDigest(tx, agent.id)
    await recordMode(deps, tx, by, { agent, data: { mode: "enforce", reason, ...digest } })
  })
}

/**
 * Answers whether an agent is observed, and its latest time in observe mode.
 *
 * @throws {Problem} agent_not_found
 */
export async function agentObserving(deps: ObserveReadDeps, id: string): Promise<AgentObserving> {
  return deps.snapshot(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    const period = await tx.observing.find(agent.id)
    const { environment } = await describedBy(tx, [agent.id])
    const here = { environment, now: deps.clock.now() }
    const isNow = agent.state === "active" && isObserving(period, here)
    return { period, isObserving: isNow, rehearsal: await rehearsalStanding(tx, agent) }
  })
}

async function recordMode(
  deps: RecordContext,
  tx: Parameters<Parameters<ObserveModeDeps["transact"]>[0]>[0],
  by: Caller,
  { agent, data }: { readonly agent: Agent; readonly data: JsonObject },
): Promise<void> {
  const actor = { kind: "user", id: by.id } as const
  await recordEvent(deps, tx.outbox, {
    type: "agent.mode-changed",
    actor,
    agent: agent.id,
    owner: agent.owner,
    data,
  })
}

function assertSomeDays(days: number): void {
  if (Number.isInteger(days) && days >= 1 && days <= MOST_OBSERVED_DAYS) return
  throw new Problem("body_invalid", `an agent is observed for 1 to ${MOST_OBSERVED_DAYS} days`)
}

function assertActive({ id, state }: Agent): void {
  if (state === "active") return
  throw new Problem("agent_state_conflict", `${id} is ${state}: only an active agent can be observed`)
}

function assertMayObserveIn(environment: string, by: Caller): void {
  if (!SENSITIVE.includes(environment) || isSteward(by)) return
  const where = environment === UNSAID_ENVIRONMENT ? "nobody has said where it acts" : "it acts in production"
  throw new Problem(
    "not_allowed",
    `${where}, so only security and administrators may have it observed; in another environment its owner may`,
  )
}
