import { EventFilter, EventsToExport } from "./event-inputs.ts"
import { ById } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list } from "./operation-makers.ts"
import type { Page } from "./paging.ts"
import { EventDetail, EventView } from "./views/event.ts"
import { EventLinesView } from "./views/event-file.ts"
import { EventProofView } from "./views/event-proof.ts"

/** What happened, and what proves it. */
export interface EventOperations {
  readonly listEvents: Operation<EventFilter, Page<EventView>>
  readonly getEvent: Operation<ById, EventDetail>
  readonly getEventProof: Operation<ById, EventProofView>
  readonly exportEvents: Operation<EventsToExport, EventLinesView>
}

export const EVENT_OPERATIONS: EventOperations = {
  listEvents: list("/events", "signed-in", "The record, newest first", EventFilter, EventView),
  getEvent: get("/events/:id", "signed-in", "One event of the record", ById, EventDetail),
  getEventProof: get(
    "/events/:id/proof",
    "signed-in",
    "What proves that an event stands in the log: its exact bytes, and the way to a signed checkpoint",
    ById,
    EventProofView,
  ),
  exportEvents: get(
    "/exports/events",
    "signed-in",
    "A portion of the record as lines of a file, newest first, each event with its place",
    EventsToExport,
    EventLinesView,
  ),
}
