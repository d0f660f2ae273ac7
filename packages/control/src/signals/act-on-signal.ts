import type { Agent, Id, JsonObject, User } from "@tabard/core"
import { endEverySession } from "../access/end-every-session.ts"
import type { Actor, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent, recordEvents } from "../audit/event/record-event.ts"
import { type EndingStores, endWithin } from "../clients/end-client-grants.ts"
import { quarantineWithin } from "../lifecycle/quarantine-agent.ts"
import type { StopStores } from "../lifecycle/stop-within.ts"
import { withdrawStanding } from "../lifecycle/withdraw-standing.ts"
import type { Transaction } from "../transaction.ts"
import { ownedAgents } from "./owned-agents.ts"
import type { KnownSubject } from "./resolve-subject.ts"
import type { SignalType } from "./signal-types.ts"

/** The stores that acting on a signal touches. */
export type ActStores = Pick<Transaction, EndingStores | StopStores | "oauthModels" | "sessions" | "users">

/** How much a signal takes away: what is live now, or the standing itself. */
type Reach = "nothing" | "live" | "standing"

/** What was done about a signal. */
export interface Acted {
  readonly did: "ended" | "quarantined" | "nothing"
  readonly sessions: number
  readonly tokens: number
}

/** What is done by whose word. */
interface Acting {
  readonly deps: RecordContext
  readonly tx: ActStores
  readonly actor: Actor
  /** What the signal is called, as programs tell it apart. */
  readonly cause: string
}

const NOTHING: Acted = { did: "nothing", sessions: 0, tokens: 0 }

/** How much each kind of signal takes away here. None ever gives anything back: that a person does. */
const REACHES: Readonly<Record<Exclude<SignalType, "credential-change">, Reach>> = {
  "session-revoked": "live",
  "credential-compromise": "live",
  "account-credential-change-required": "live",
  "account-disabled": "standing",
  "account-purged": "standing",
  "account-enabled": "nothing",
  "risk-level-change": "nothing",
  verification: "nothing",
  "stream-updated": "nothing",
}

/** Answers how much a signal takes away; one that is not known takes nothing. */
export function reachOf(type: SignalType | undefined, said: JsonObject): Reach {
  if (type === undefined) return "nothing"
  if (type !== "credential-change") return REACHES[type]
  return said["change_type"] === "revoke" || said["change_type"] === "delete" ? "live" : "nothing"
}

/** Takes away from whom a signal is about what it says is not theirs any more, in the transaction that records it. */
export async function actOnSignal(acting: Acting, subject: KnownSubject, reach: Reach): Promise<Acted> {
  if (reach === "nothing") return NOTHING
  const acted =
    subject.kind === "agent"
      ? await actOnAgent(acting, subject, reach)
      : await actOnPerson(acting, subject.person)
  await acting.tx.organisation.bumpVersion()
  return acted
}

async function actOnAgent(
  { deps, tx, actor, cause }: Acting,
  { agent, instance }: Extract<KnownSubject, { kind: "agent" }>,
  reach: Reach,
): Promise<Acted> {
  if (reach === "live" && instance !== undefined)
    return endInstall({ deps, tx, actor, cause }, agent, instance)
  const why = "a signal of another system says so"
  const tokens = await tx.tokens.countLive([agent.id], deps.clock.now())
  const alarm = { agent: agent.id, by: "signals", cause, reason: why }
  const isQuarantined = reach === "standing" && (await quarantineWithin(deps, tx, alarm))
  if (!isQuarantined) await withdrawStanding(deps, tx, { agent, actor, why })
  return { did: isQuarantined ? "quarantined" : "ended", sessions: 0, tokens }
}

/** What one install holds ends; the others of the agent go on. */
async function endInstall(
  { deps, tx, actor }: Acting,
  agent: Agent,
  instance: Id<"instance">,
): Promise<Acted> {
  const tokens = await tx.tokens.revoke({ agent: agent.id, instance }, deps.clock.now())
  const data = { tokens, why: "a signal of another system says so" }
  const about = { actor, agent: agent.id, instance, owner: agent.owner }
  if (tokens > 0) await recordEvent(deps, tx.outbox, { type: "token.revoked", ...about, data })
  return { did: "ended", sessions: 0, tokens }
}

/**
 * Their sessions end here, and every token of an agent that serves them: what they own, and what runs for them. What they
 * said yes to in those sessions counts no more.
 */
async function actOnPerson(acting: Acting, person: User): Promise<Acted> {
  const { deps, tx, actor } = acting
  const ended = await endEverySession(tx, person.id)
  const data = (session: Id<"session">) => ({ session, user: person.id })
  await recordEvents(
    deps,
    tx.outbox,
    ended.map((session) => ({ type: "session.ended", actor, data: data(session) })),
  )
  await takeWordBack(acting, person)
  const tokens =
    (await endServed(acting, person)) + (await endOwned(acting, person)) + (await endServing(acting, person))
  return { did: "ended", sessions: ended.length, tokens }
}

async function takeWordBack({ deps, tx, actor }: Acting, { id }: User): Promise<void> {
  const why = "a signal ended the sessions of who agreed"
  for (const { id: approval, question } of await tx.approvals.takeBack(id, deps.clock.now(), why)) {
    const about = { actor, agent: question.agent, task: question.task, approval, data: { why } }
    await recordEvent(deps, tx.outbox, { type: "approval.cancelled", ...about })
  }
}

/** The most clients of one person that are signed out in the transaction of one signal. */
const MOST_CLIENTS = 1_000

/**
 * The clients that they signed in are signed out, so that none gets another token in place of those that end, and those
 * that they had signed out themselves come in again by their own yes alone.
 */
async function endServed({ deps, tx, actor }: Acting, { id }: User): Promise<number> {
  const now = deps.clock.now()
  const serving = await tx.tokens.countServing(id, now)
  for (const grant of await tx.clientGrants.list({ user: id, limit: MOST_CLIENTS }))
    await endWithin(deps, tx, { grant, actor })
  await tx.clientGrants.putOut(id)
  await tx.tokens.revokeServing(id, now)
  const data = { tokens: serving, why: "a signal ended the sessions of the person served" }
  if (serving > 0) await recordEvent(deps, tx.outbox, { type: "token.revoked", actor, onBehalfOf: id, data })
  return serving
}

async function endOwned({ deps, tx, actor }: Acting, person: User): Promise<number> {
  let ended = 0
  for (const agent of await ownedAgents(tx, person.id)) {
    const tokens = await tx.tokens.revoke({ agent: agent.id }, deps.clock.now())
    if (tokens === 0) continue
    ended += tokens
    const data = { tokens, why: "a signal ended the sessions of the agent's owner" }
    await recordEvent(deps, tx.outbox, {
      type: "token.revoked",
      actor,
      agent: agent.id,
      owner: agent.owner,
      data,
    })
  }
  return ended
}

async function endServing({ deps, tx, actor }: Acting, person: User): Promise<number> {
  const now = deps.clock.now()
  let ended = 0
  for (const task of await tx.tasks.open(now)) {
    if (task.onBehalfOf !== person.id) continue
    const tokens = await tx.tokens.revoke({ agent: task.agent, task: task.id }, now)
    if (tokens === 0) continue
    ended += tokens
    const data = { tokens, why: "a signal ended the sessions of the person served" }
    await recordEvent(deps, tx.outbox, {
      type: "token.revoked",
      actor,
      agent: task.agent,
      task: task.id,
      data,
    })
  }
  return ended
}
