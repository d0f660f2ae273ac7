import { canonicalText, type Id, newId } from "@tabard/core"
import type { AuditEvent, RecordContext } from "./audit-event.ts"
import { commitValues } from "./commit-values.ts"
import { envelopeOf } from "./envelope.ts"
import type { EventStore, NewEvent } from "./event-store.ts"
import { plainTexts } from "./plain-texts.ts"

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
