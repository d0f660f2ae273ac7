import type { EventQuery } from "@tabard/control"
import { askedId } from "../asked-id.ts"
import { given } from "../given.ts"
import type { Handlers } from "../handler.ts"
import { byId, pageOf } from "../pages.ts"
import type { ApiServices } from "../services.ts"
import { eventViews } from "../views/event-views.ts"
import { overviewView } from "../views/overview-view.ts"
import { riskPicture } from "../views/risk-picture.ts"

/** The record, how far it has come, and the overview of it all. */
export function recordHandlers(
  services: ApiServices,
): Pick<Handlers, "getOverview" | "getRiskPicture" | "startScan" | "listEvents" | "getLog"> {
  const { shelf, log, scans } = services
  return {
    getOverview: ({ user }) => overviewView(services, user),
    getRiskPicture: () => shelf.snapshot(riskPicture),
    startScan: async () => scans.start(),
    getLog: async () => log.view(),
    listEvents: (_, filter) =>
      shelf.snapshot(async (tx) => {
        const wanted = wantedEvents(filter)
        const { items, next } = await pageOf(EVENTS, filter, (from) => tx.outbox.list({ ...wanted, ...from }))
        return { items: await eventViews(tx, items), next }
      }),
  }
}

const EVENTS = byId("events", "event")

function wantedEvents({
  agent,
  task,
  type,
  from,
  until,
}: Parameters<Handlers["listEvents"]>[1]): Omit<EventQuery, "after" | "limit"> {
  return given({
    type,
    agent: askedId("agent", "agent", agent),
    task: askedId("task", "task", task),
    from: from === undefined ? undefined : new Date(from),
    until: until === undefined ? undefined : new Date(until),
  })
}
