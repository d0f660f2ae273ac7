import type { EventFileForm, EventView } from "@tabard/api"
import { csvText, type StoredEvent } from "@tabard/control"
import type { Cells } from "./csv-cells.ts"

/** Writes a portion of a file; the first one of a CSV has its header. */
export function eventLines(
  form: EventFileForm,
  events: readonly StoredEvent[],
  { views, isFirst }: { readonly views: readonly EventView[]; readonly isFirst: boolean },
): string {
  switch (form) {
    case "jsonl":
      return events.map(jsonLine).join("")
    case "csv":
      return csvRows(views, isFirst)
  }
}

/** The event is written as it is logged, byte for byte, so that whoever has the line can prove it. */
function jsonLine({ index, bytes }: StoredEvent): string {
  return `{"place":${index ?? "null"},"event":${new TextDecoder().decode(bytes)}}\n`
}

function csvRows(events: readonly EventView[], isFirst: boolean): string {
  const cells = Object.values(CELLS)
  const text = csvText(
    Object.keys(CELLS),
    events.map((event) => cells.map((cell) => cell(event))),
  )
  return isFirst ? text : text.slice(text.indexOf("\r\n") + 2)
}

const CELLS: Cells<EventView> = {
  place: ({ index }) => String(index ?? ""),
  time: ({ at }) => at,
  type: ({ type }) => type,
  "what happened": ({ sentence }) => sentence,
  id: ({ id }) => id,
  actor: ({ body }) => textAt(body, "actor", "id"),
  "agent id": ({ agent }) => agent?.id ?? "",
  agent: ({ agent }) => agent?.name ?? "",
  owner: ({ body }) => textAt(body, "owner"),
  "on behalf of": ({ body }) => textAt(body, "onBehalfOf"),
  task: ({ task }) => task ?? "",
  call: ({ call }) => call ?? "",
  tool: ({ body }) => textAt(body, "action"),
  resource: ({ body }) => textAt(body, "resource"),
  effect: ({ body }) => textAt(body, "decision", "effect"),
  reason: ({ body }) => textAt(body, "decision", "code"),
  outcome: ({ body }) => textAt(body, "outcome"),
}

/** Answers the text or number that stands under these names, or nothing. */
function textAt(body: unknown, ...names: readonly string[]): string {
  const value = names.reduce<unknown>(
    (of, name) =>
      typeof of === "object" && of !== null
        ? Object.entries(of).find(([key]) => key === name)?.[1]
        : undefined,
    body,
  )
  return typeof value === "string" || typeof value === "number" ? String(value) : ""
}
