import { EVENT_GROUPS, type EventGroup, type EventWishes } from "@tabard/api"
import { EFFECTS, type Effect } from "@tabard/core"
import { type AddressReaders, readAddress, textLike } from "../../shell/read-address.ts"

/** What the address says about which part of the record is read, and which event is open beside it. */
export interface AuditSearch {
  readonly agent?: string
  readonly person?: string
  /** A tool as `server/tool`, or a server by its name. */
  readonly tool?: string
  readonly effect?: Effect
  readonly group?: EventGroup
  readonly type?: string
  readonly task?: string
  readonly call?: string
  readonly place?: string
  /** The first and the last day, as `2026-11-30`, where whoever reads is. */
  readonly from?: string
  readonly until?: string
  readonly event?: string
}

/** Members of the address that change; one that is undefined leaves it. */
export type AuditChange = { readonly [Member in keyof AuditSearch]?: AuditSearch[Member] | undefined }

const DAY = /^\d{4}-\d\d-\d\d$/
const DAY_MS = 24 * 60 * 60 * 1000

const day = (value: unknown): string | undefined => {
  const text = textLike(DAY)(value)
  return text !== undefined && startOf(text) ? text : undefined
}

const READERS: AddressReaders<AuditSearch> = {
  agent: idLike("agt"),
  person: idLike("usr"),
  tool: textLike(/^.{1,300}$/s, 300),
  effect: (value) => EFFECTS.find((effect) => effect === value),
  group: (value) => EVENT_GROUPS.find((group) => group === value),
  type: textLike(/^[a-z][a-z0-9_.-]{0,79}$/),
  task: idLike("tsk"),
  call: idLike("cal"),
  place: textLike(/^\d{1,15}$/),
  from: day,
  until: day,
  event: idLike("evt"),
}

/** Reads the address; what it does not understand it leaves out. */
export function parseAuditSearch(raw: AuditSearch | Readonly<Record<string, unknown>>): AuditSearch {
  return readAddress(READERS, { ...raw })
}

/** Answers what is asked of the server for an address; days are those of whoever reads. */
export function wishesOf(search: AuditSearch): EventWishes {
  const { agent, person, tool, effect, group, type, task, call, from, until, place } = search
  const start = from === undefined ? undefined : startOf(from)
  const end = until === undefined ? undefined : startOf(until, DAY_MS)
  return {
    agent,
    person,
    tool,
    effect,
    group,
    type,
    task,
    call,
    ...(place !== undefined && { place: Number(place) }),
    ...(start && { from: start.toISOString() }),
    ...(end && { until: end.toISOString() }),
  }
}

/** Answers what a pasted id or place looks for: the event itself, or what leads to its events. */
export function soughtBy(text: string): AuditChange | undefined {
  const sought = text.trim().replace(/^№\s*/, "")
  const { agent, person, task, call, place, event } = parseAuditSearch(
    Object.fromEntries(["agent", "person", "task", "call", "place", "event"].map((name) => [name, sought])),
  )
  const found = { agent, person, task, call, place, event }
  return Object.values(found).some((value) => value !== undefined) ? found : undefined
}

function idLike(prefix: string): (value: unknown) => string | undefined {
  return textLike(new RegExp(`^${prefix}_[0-9A-Za-z_-]{1,70}$`))
}

/** The moment at which a day begins here; the day after where a day's length is given, also where the clocks change. */
function startOf(text: string, later = 0): Date | undefined {
  const noon = new Date(`${text}T12:00:00`).getTime() + later
  if (Number.isNaN(noon)) return undefined
  const start = new Date(noon)
  start.setHours(0, 0, 0, 0)
  return start
}
