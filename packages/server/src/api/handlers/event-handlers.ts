import type { EventFilter, EventOperations, EventWishes } from "@tabard/api"
import type { EventQuery, StoredEvent, Transaction } from "@tabard/control"
import { isId, Problem } from "@tabard/core"
import { askedId } from "../asked-id.ts"
import { given } from "../given.ts"
import type { Handlers } from "../handler.ts"
import { byId, type PageOf, pageOf } from "../pages.ts"
import type { ApiServices } from "../services.ts"
import { typesIn } from "../views/event-groups.ts"
import { eventLines } from "../views/event-lines.ts"
import { eventProofView } from "../views/event-proof-view.ts"
import { eventDetail, eventViews } from "../views/event-views.ts"

/** What happened, and what proves it. */
export function eventHandlers(services: ApiServices): Pick<Handlers, keyof EventOperations> {
  const { shelf, log } = services
  return {
    listEvents: (_, filter) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOfEvents(tx, filter)
        return { items: await eventViews(tx, items), next }
      }),
    getEvent: (_, { id }) => shelf.snapshot(async (tx) => eventDetail(tx, await found(tx.outbox, id))),
    getEventProof: async (_, { id }) => {
      const event = await shelf.snapshot(({ outbox }) => found(outbox, id))
      return eventProofView(event, await log.logAt(event.index))
    },
    exportEvents: (_, { form = "jsonl", ...filter }) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOfEvents(tx, filter)
        const text = eventLines(form, items, {
          views: await eventViews(tx, items),
          isFirst: filter.after === undefined,
        })
        return { filename: fileNameOf(services, form), text, lines: items.length, next }
      }),
  }
}

function pageOfEvents(
  { outbox }: Pick<Transaction, "outbox">,
  filter: EventFilter,
): Promise<PageOf<StoredEvent>> {
  const wanted = wantedEvents(filter)
  return pageOf(EVENTS, filter, (from) => outbox.list({ ...wanted, ...from }))
}

function fileNameOf({ organisation, clock }: ApiServices, form: string): string {
  return `record-${organisation.slug}-${clock.now().toISOString().slice(0, 10)}.${form}`
}

const EVENTS = byId("events", "event")

/** Whoever may see an event may see what proves it: the narrowed outbox finds no other's. */
async function found(outbox: Pick<Transaction["outbox"], "find">, id: string): Promise<StoredEvent> {
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
