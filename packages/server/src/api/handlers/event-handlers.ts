import type { EventOperations, EventWishes } from "@tabard/api"
import type { EventQuery, StoredEvent } from "@tabard/control"
import { isId, Problem } from "@tabard/core"
import { askedId } from "../asked-id.ts"
import { given } from "../given.ts"
import type { Handlers } from "../handler.ts"
import { byId, pageOf } from "../pages.ts"
import type { ApiServices } from "../services.ts"
import { typesIn } from "../views/event-groups.ts"
import { eventProofView } from "../views/event-proof-view.ts"
import { eventViews } from "../views/event-views.ts"

/** What happened, and what proves it. */
export function eventHandlers({ shelf, log }: ApiServices): Pick<Handlers, keyof EventOperations> {
  return {
    listEvents: (_, filter) =>
      shelf.snapshot(async (tx) => {
        const wanted = wantedEvents(filter)
        const { items, next } = await pageOf(EVENTS, filter, (from) => tx.outbox.list({ ...wanted, ...from }))
        return { items: await eventViews(tx, items), next }
      }),
    getEvent: (_, { id }) =>
      shelf.snapshot(async (tx) => {
        const [view] = await eventViews(tx, [await found(tx.outbox, id)])
        return view ?? missing(id)
      }),
    getEventProof: async (_, { id }) => {
      const event = await shelf.snapshot(({ outbox }) => found(outbox, id))
      return eventProofView(event, await log.logAt(event.index))
    },
  }
}

const EVENTS = byId("events", "event")

/** Whoever may see an event may see what proves it: the narrowed outbox finds no other's. */
async function found(
  outbox: { find(id: StoredEvent["id"]): Promise<StoredEvent | undefined> },
  id: string,
): Promise<StoredEvent> {
  return (isId("event", id) ? await outbox.find(id) : undefined) ?? missing(id)
}

function missing(id: string): never {
  throw new Problem("event_not_found", `there is no event ${id.slice(0, 80)}`)
}

function wantedEvents(wishes: EventWishes): Omit<EventQuery, "after" | "limit"> {
  const { agent, person, task, call, tool, effect, type, group, place, from, until } = wishes
  return given({
    type,
    types: group && typesIn(group),
    tool,
    effect,
    place,
    agent: askedId("agent", "agent", agent),
    person: askedId("user", "person", person),
    task: askedId("task", "task", task),
    call: askedId("call", "call", call),
    from: from === undefined ? undefined : new Date(from),
    until: until === undefined ? undefined : new Date(until),
  })
}
