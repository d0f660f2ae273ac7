import { EFFECTS, type Effect } from "@tabard/core"
import { z } from "zod"
import { PAGED, type PageQuery } from "./paging.ts"

/** Types of events that belong together, as people look for them. */
export const EVENT_GROUPS = [
  "calls",
  "approvals",
  "agents",
  "tasks",
  "access",
  "findings",
  "inventory",
  "people",
  "settings",
  "record",
] as const

/** One group of types. */
export type EventGroup = (typeof EVENT_GROUPS)[number]

/** Which events, whatever page of them. */
export interface EventWishes {
  readonly agent?: string | undefined
  /** What this person did, answered for, had done for them, or what names them. */
  readonly person?: string | undefined
  readonly task?: string | undefined
  readonly call?: string | undefined
  /** A tool as `server/tool`, or every tool of a server by its name. */
  readonly tool?: string | undefined
  /** Only of what was decided so. */
  readonly effect?: Effect | undefined
  readonly type?: string | undefined
  /** Types that belong together. */
  readonly group?: EventGroup | undefined
  /** The one event with this place in the record. */
  readonly place?: number | undefined
  /** Only what happened at this time or later. */
  readonly from?: string | undefined
  /** Only what happened before this time. */
  readonly until?: string | undefined
}

/** Which events. */
export interface EventFilter extends EventWishes, PageQuery {}

const id: z.ZodType<string | undefined> = z.string().max(80).optional()

/** What events can be asked by. */
export const EVENT_WISHES: {
  readonly [Member in keyof EventWishes]-?: z.ZodType<EventWishes[Member]>
} = {
  agent: id,
  person: id,
  task: id,
  call: id,
  tool: z.string().min(1).max(300).optional(),
  effect: z.enum(EFFECTS).optional(),
  type: z.string().max(80).optional(),
  group: z.enum(EVENT_GROUPS).optional(),
  place: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
}

/** How the record is written into a file: each event as it is logged, with its place, or as a row. */
export const EVENT_FILE_FORMS = ["jsonl", "csv"] as const

/** One of them. */
export type EventFileForm = (typeof EVENT_FILE_FORMS)[number]

/** Which events, as which file, and which portion of it. */
export interface EventsToExport extends EventFilter {
  /** Lines of JSON where nobody says. */
  readonly form?: EventFileForm | undefined
}

export const EventsToExport: z.ZodType<EventsToExport> = z.strictObject({
  ...EVENT_WISHES,
  ...PAGED,
  form: z.enum(EVENT_FILE_FORMS).optional(),
})

export const EventFilter: z.ZodType<EventFilter> = z.strictObject({ ...EVENT_WISHES, ...PAGED })
