import type { EventView } from "@tabard/api"
import type { StoredEvent, Transaction } from "@tabard/control"
import { isId } from "@tabard/core"
import { eventSentence } from "./event-sentence.ts"
import { type Names, namesOf } from "./names.ts"
import { reporterNames } from "./reporter-names.ts"

/** Shows events with the names of today. */
export async function eventViews(
  tx: Pick<Transaction, "facts" | "reporters" | "users">,
  events: readonly StoredEvent[],
): Promise<readonly EventView[]> {
  const names = await namesOf(
    tx,
    events.flatMap(({ agent }) => agent ?? []),
  )
  const read = events.map((event) => ({ ...event, body: readBody(event.bytes) }))
  const reporterOf = await reporterNames(
    tx,
    read.flatMap(({ body }) => reporterId(body) ?? []),
  )
  return read.map((event) => {
    const reporter = reporterId(event.body)
    return eventView(event, names, reporter && reporterOf(reporter).name)
  })
}

type ReadEvent = StoredEvent & { readonly body: Readonly<Record<string, unknown>> }

function eventView(event: ReadEvent, names: Names, reporter: string | undefined): EventView {
  const { id, type, at, agent, task, call, index, body } = event
  const named = agent && names.agent(agent)
  const person = personIn(body["data"], names)
  const told = {
    actor: actorName(body["actor"], names),
    agent: named?.name ?? "an agent",
    body,
    ...(person !== undefined && { person }),
    ...(reporter !== undefined && { reporter }),
  }
  return {
    id,
    type,
    at: at.toISOString(),
    sentence: eventSentence(type, told),
    agent: named,
    task,
    call,
    index,
    body,
  }
}

function readBody(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const body: unknown = JSON.parse(new TextDecoder().decode(bytes))
  return typeof body === "object" && body !== null ? { ...body } : {}
}

/** The person whom an event is about besides its actor: to whom something was offered, or who helps. */
function personIn(data: unknown, names: Names): string | undefined {
  if (typeof data !== "object" || data === null) return undefined
  const id = Object.entries(data).find(([name]) => name === "to" || name === "user")?.[1]
  return isId("user", id) ? names.person(id).name : undefined
}

function reporterId({ actor }: ReadEvent["body"]): string | undefined {
  const id = idOf(actor)
  return isId("reporter", id) ? id : undefined
}

function idOf(actor: unknown): unknown {
  return typeof actor === "object" && actor !== null && "id" in actor ? actor.id : undefined
}

function isByToken(actor: unknown): boolean {
  return typeof actor === "object" && actor !== null && "via" in actor && isId("apiToken", actor.via)
}

function actorName(actor: unknown, names: Names): string {
  const id = idOf(actor)
  if (isId("user", id)) return `${names.person(id).name}${isByToken(actor) ? " (by an API token)" : ""}`
  if (isId("agent", id)) return names.agent(id).name
  return "Tabard"
}
