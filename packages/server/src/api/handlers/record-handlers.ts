import type { EventQuery } from "@tabard/control"
import { askedId } from "../asked-id.ts"
import type { Handlers } from "../handler.ts"
import type { ApiServices } from "../services.ts"
import { eventViews } from "../views/event-views.ts"
import { overviewView } from "../views/overview-view.ts"
import { riskPicture } from "../views/risk-picture.ts"

/** How many events a page holds where nobody says. */
const PAGE = 100

/** The record, how far it has come, and the overview of it all. */
export function recordHandlers(
  services: ApiServices,
): Pick<Handlers, "getOverview" | "getRiskPicture" | "startScan" | "listEvents" | "getLog"> {
  const { shelf, log, scans } = services
  return {
    getOverview: async () => overviewView(services),
    getRiskPicture: () => shelf.snapshot(riskPicture),
    startScan: async () => scans.start(),
    getLog: async () => log.view(),
    listEvents: (_, filter) =>
      shelf.snapshot(async (tx) => {
        const query = queryOf(filter)
        const events = await tx.outbox.list(query)
        const next = events.length === query.limit ? (events.at(-1)?.id ?? null) : null
        return { items: await eventViews(tx, events), next }
      }),
  }
}

function queryOf({
  agent,
  task,
  type,
  before,
  limit = PAGE,
}: Parameters<Handlers["listEvents"]>[1]): EventQuery {
  const about = {
    agent: askedId("agent", "agent", agent),
    task: askedId("task", "task", task),
    before: askedId("event", "before", before),
  }
  return {
    limit,
    ...(about.agent && { agent: about.agent }),
    ...(about.task && { task: about.task }),
    ...(about.before && { before: about.before }),
    ...(type !== undefined && { type }),
  }
}
