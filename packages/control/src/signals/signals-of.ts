import { type Id, isId, type JsonObject } from "@tabard/core"
import type { StoredEvent } from "../audit/event/event-store.ts"
import type { Transaction } from "../transaction.ts"
import { ownedAgents } from "./owned-agents.ts"
import type { TransmittedType } from "./signal-types.ts"
import type { SignalSubject } from "./subject.ts"

/** The stores that say whom an event concerns. */
export type SignalReads = Pick<Transaction, "agents" | "users">

/** One signal that follows from an event, before it is known who is told. */
export interface Signal {
  readonly type: TransmittedType
  readonly subject: SignalSubject
  readonly said: JsonObject
}

/** An event as far as signals of it go: what it does not say is undefined. */
interface Told {
  readonly agent: Id<"agent"> | null
  readonly instance: unknown
  readonly task: Id<"task"> | null
  readonly data: Readonly<Record<string, unknown>>
}

type Follows = (tx: SignalReads, event: Told) => Promise<readonly Signal[]>

/** What follows from which event. What stands under no type here is told to no receiver. */
const FOLLOWS: Readonly<Record<string, Follows>> = {
  "agent.suspended": stopped("The agent was suspended."),
  "agent.quarantined": stopped("The agent was quarantined."),
  "agent.retiring": stopped("The agent is being retired."),
  "agent.resumed": of("account-enabled", "The agent may act again."),
  "token.revoked": async (_, event) =>
    // The end of a task ends nothing but what was the task's.
    event.task === null
      ? agentSignal(event, "session-revoked", because("Tokens of the agent were revoked."))
      : [],
  "instance.enrolled": keyChange("create", "A key was enrolled for an install of the agent."),
  "instance.revoked": keyChange("revoke", "A key of an install of the agent was revoked."),
  "agent.risk-changed": riskChange,
  "person.deactivated": left,
}

/** Answers whether any signal follows from events of this type. */
export function isSignalled(type: string): boolean {
  return Object.hasOwn(FOLLOWS, type)
}

/** Answers the signals that follow from one event; one that nobody need be told of has none. */
export async function signalsOf(tx: SignalReads, event: StoredEvent): Promise<readonly Signal[]> {
  const follows = Object.entries(FOLLOWS).find(([type]) => type === event.type)?.[1]
  if (!follows) return []
  const body = record(JSON.parse(new TextDecoder().decode(event.bytes)))
  const { agent, task } = event
  const common = {
    event_timestamp: Math.floor(event.at.getTime() / 1000),
    initiating_entity: record(body["actor"])["kind"] === "user" ? "admin" : "system",
  }
  const signals = await follows(tx, { agent, task, instance: body["instance"], data: record(body["data"]) })
  return signals.map((signal) => ({ ...signal, said: { ...common, ...signal.said } }))
}

function stopped(why: string): Follows {
  return async (_, event) => [
    ...agentSignal(event, "account-disabled", because(why)),
    ...agentSignal(event, "session-revoked", because(why)),
  ]
}

function of(type: TransmittedType, why: string): Follows {
  return async (_, event) => agentSignal(event, type, because(why))
}

function keyChange(change: "create" | "revoke", why: string): Follows {
  const said = { credential_type: "public-key", change_type: change, ...because(why) }
  return async (_, { agent, instance }) => {
    if (agent === null) return []
    const install = isId("instance", instance) ? instance : undefined
    return [{ type: "credential-change", subject: { kind: "agent", agent, instance: install }, said }]
  }
}

/** CAEP knows three levels; the fourth band is told as the highest of them, with its own name in the reason. */
const LEVELS: Readonly<Record<string, "LOW" | "MEDIUM" | "HIGH">> = {
  low: "LOW",
  medium: "MEDIUM",
  high: "HIGH",
  critical: "HIGH",
}

async function riskChange(_: SignalReads, event: Told): Promise<readonly Signal[]> {
  const { band, before } = event.data
  const [now, then] = [levelOf(band), levelOf(before)]
  if (!now || now === then) return []
  const said = {
    principal: "AGENT",
    current_level: now,
    ...(then && { previous_level: then }),
    risk_reason: `The agent's risk is now ${String(band)}.`,
    ...because("The agent's risk changed."),
  }
  return agentSignal(event, "risk-level-change", said)
}

function levelOf(band: unknown): "LOW" | "MEDIUM" | "HIGH" | undefined {
  return Object.entries(LEVELS).find(([name]) => name === band)?.[1]
}

/** A person who was switched off answers for no agent: what they own has stopped too. */
async function left(tx: SignalReads, { data }: Told): Promise<readonly Signal[]> {
  const { user: id } = data
  if (!isId("user", id)) return []
  const person = await tx.users.find(id)
  const owned = await ownedAgents(tx, id)
  const ownerless = because("Nobody answers for the agent: its owner left.")
  const signals: readonly Signal[] = owned
    .filter(({ state }) => state === "active")
    .map(({ id: agent }): Signal => {
      return { type: "session-revoked", subject: { kind: "agent", agent }, said: ownerless }
    })
  if (!person || person.erasedAt) return signals
  const subject = { kind: "person", email: person.email } as const
  const gone = because("The person was switched off.")
  return [
    { type: "account-disabled", subject, said: gone },
    { type: "session-revoked", subject, said: gone },
    ...signals,
  ]
}

function agentSignal({ agent }: Told, type: TransmittedType, said: JsonObject): readonly Signal[] {
  return agent === null ? [] : [{ type, subject: { kind: "agent", agent }, said }]
}

/** In words of ours alone: what a person typed as a reason is for this organisation, not for others. */
function because(en: string): JsonObject {
  return { reason_admin: { en } }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {}
}
