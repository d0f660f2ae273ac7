import type { StoredEvent } from "../audit/event/event-store.ts"
import { loggedBody, valuesBeside, wholeBody } from "../audit/event/read-values.ts"
import type { Transaction } from "../transaction.ts"

/** An event and what it says, with what stands beside the log put back. */
export interface WholeEvent extends StoredEvent {
  readonly body: Record<string, unknown>
}

/** Answers the newest events whole, newest first. */
export async function wholeEvents(
  outbox: Transaction["outbox"],
  limit: number,
): Promise<readonly WholeEvent[]> {
  const events = await outbox.list({ limit })
  const values = await outbox.valuesOf(events)
  return events.map((event) => {
    const { commits: _, ...body } = whole(event, values.get(event.id) ?? [])
    return { ...event, body }
  })
}

function whole(event: StoredEvent, values: Parameters<typeof valuesBeside>[1]): Record<string, unknown> {
  const logged = loggedBody(event)
  return { ...wholeBody(logged, valuesBeside(logged, values)) }
}
