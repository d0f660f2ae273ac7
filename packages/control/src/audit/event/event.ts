import type { Clock, Effect, EffectClass, Id, JsonObject, Organisation } from "@tabard/core"
import { canonicalText, newId } from "@tabard/core"
import { commitValues } from "./commit-values.ts"
import { envelopeOf } from "./envelope.ts"
import type { EventStore, NewEvent } from "./event-store.ts"
import { plainTexts } from "./plain-texts.ts"

/** Everything that can happen here. Types are only added: what is logged under a name keeps its meaning. */
export const EVENT_TYPES = [
  "agent.activated",
  "agent.described",
  "agent.discovered",
  "agent.dismissed",
  "agent.entered",
  "agent.merged",
  "agent.proposed",
  "agent.reappeared",
  "agent.reopened",
  "agent.resumed",
  "agent.retired",
  "agent.retiring",
  "agent.split",
  "agent.suspended",
  "agent.vanished",
  "api-token.made",
  "api-token.revoked",
  "approval.approved",
  "approval.cancelled",
  "approval.denied",
  "approval.expired",
  "approval.requested",
  "approval.spent",
  "call.decided",
  "call.finished",
  "channel.made",
  "channel.removed",
  "channel.rotated",
  "credential.discovered",
  "credential.reappeared",
  "credential.vanished",
  "dead-letter.retried",
  "delivery.retried",
  "enrolment.offered",
  "enrolment.refused",
  "finding.accepted",
  "finding.opened",
  "finding.reopened",
  "finding.resolved",
  "instance.enrolled",
  "instance.revoked",
  "log.pruned",
  "log.rotated",
  "log.rotation-asked",
  "log-policy.changed",
  "log.split-view",
  "maintainer.added",
  "maintainer.removed",
  "maintainer.team-added",
  "maintainer.team-removed",
  "manifest.put",
  "notifications.chosen",
  "ownership.accepted",
  "ownership.declined",
  "ownership.expired",
  "ownership.offered",
  "ownership.withdrawn",
  "people.imported",
  "person.bound",
  "person.deactivated",
  "person.entered",
  "person.erased",
  "person.invited",
  "person.manager-changed",
  "person.provisioned",
  "person.reactivated",
  "person.renamed",
  "person.role-changed",
  "person.unbound",
  "register.imported",
  "report.refused",
  "reporter.enrolled",
  "reporter.offered",
  "reporter.revoked",
  "retention.changed",
  "scan.finished",
  "server.discovered",
  "server.registered",
  "session.ended",
  "session.started",
  "settings.changed",
  "sink.changed",
  "sink.made",
  "sink.paused",
  "sink.recovered",
  "sink.refused",
  "sink.removed",
  "sink.replayed",
  "sink.resumed",
  "sink.stalled",
  "sink.tested",
  "task.closed",
  "task.expired",
  "task.opened",
  "team.changed",
  "team.made",
  "team.member-added",
  "team.member-removed",
  "team.removed",
  "token.issued",
  "token.refused",
  "token.revoked",
  "view.removed",
  "view.saved",
] as const

/** One type of event. */
export type EventType = (typeof EVENT_TYPES)[number]

/** Who did it: a person, an agent, or this program by itself. */
export type Actor =
  | { readonly kind: "user"; readonly id: Id<"user">; readonly via?: Id<"apiToken"> }
  | { readonly kind: "agent"; readonly id: Id<"agent">; readonly instance?: Id<"instance"> }
  | { readonly kind: "system"; readonly id: string }

/** What happened, to be recorded in the transaction that makes it so. */
export interface AuditEvent {
  readonly type: EventType
  readonly actor: Actor
  readonly agent?: Id<"agent">
  readonly instance?: Id<"instance">
  readonly owner?: Id<"user"> | null
  readonly onBehalfOf?: Id<"user">
  readonly task?: Id<"task"> | null
  readonly call?: Id<"call">
  readonly approval?: Id<"approval">
  readonly action?: string
  /** The tool as it was reviewed. */
  readonly tool?: { readonly name: string; readonly digest: string; readonly effects: readonly EffectClass[] }
  readonly resource?: string
  /** The worst that the agent's risk may be, as it was when this was decided. */
  readonly risk?: number
  readonly decision?: {
    readonly id: Id<"decision">
    readonly effect: Effect
    readonly code: string
    readonly reasons: readonly string[]
    readonly version: number
  }
  readonly outcome?: string
  /** What else belongs to it: bounded, and never a secret. */
  readonly data?: JsonObject
}

/** Where a W3C trace stands: the ids of the trace and of the span that led here, as the caller says. */
export interface TraceContext {
  readonly traceId: string
  readonly spanId: string
}

/** By which door it came: what acts by itself has none. */
export type EventDoor = "api" | "gateway" | "issuer" | "reports"

/** What every event is recorded with. */
export interface RecordContext {
  readonly organisation: Organisation
  readonly clock: Clock
  /** The API token by which a person's machine does it; every act of the person's is recorded with it. */
  readonly via?: Id<"apiToken"> | undefined
  readonly door?: EventDoor | undefined
  readonly trace?: TraceContext | undefined
}

/** The largest event that the log takes, in bytes. */
const MAX_EVENT_BYTES = 60 * 1024

/** An event that does not fit the log. What it was about must not happen either. */
export class EventTooLarge extends Error {
  override readonly name = "EventTooLarge"
}

/**
 * Puts an event into the outbox. It is called inside the transaction that makes it true, so that neither stands
 * without the other. Secrets of a known shape are taken out of its texts, and what is personal is committed to and kept
 * beside it.
 */
export async function recordEvent(
  context: RecordContext,
  outbox: Pick<EventStore, "append">,
  event: AuditEvent,
): Promise<Id<"event">> {
  const stored = newEvent(context, event)
  await outbox.append(stored)
  return stored.id
}

/** Puts events into the outbox in this order, as recordEvent does each. */
export async function recordEvents(
  context: RecordContext,
  outbox: Pick<EventStore, "appendAll">,
  events: readonly AuditEvent[],
): Promise<void> {
  await outbox.appendAll(events.map((event) => newEvent(context, event)))
}

function newEvent(context: RecordContext, told: AuditEvent): NewEvent {
  const id = newId("event", context.clock)
  const at = context.clock.now()
  const { event, commits, values } = commitValues(plainTexts(told))
  const envelope = envelopeOf(context, { id, at, commits }, event)
  const bytes = new TextEncoder().encode(canonicalText(envelope))
  if (bytes.length > MAX_EVENT_BYTES) throw new EventTooLarge(`${event.type} has ${bytes.length} bytes`)

  return {
    id,
    type: event.type,
    at,
    agent: event.agent ?? null,
    task: event.task ?? null,
    call: event.call ?? null,
    bytes,
    index: null,
    ...(values.length > 0 && { values }),
  }
}
