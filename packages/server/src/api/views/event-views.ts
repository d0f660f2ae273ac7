import type { EventDetail, EventView } from "@tabard/api"
import {
  type BesideValue,
  loggedBody,
  type StoredEvent,
  type Transaction,
  valuesBeside,
  wholeBody,
} from "@tabard/control"
import { type Id, isId, type JsonObject } from "@tabard/core"
import { idsIn, type Names, namesOf, peopleIn } from "./names.ts"
import { reporterNames } from "./reporter-names.ts"
import { eventSentence } from "./sentences/event-sentence.ts"

/** Shows events with the names of today. */
export async function eventViews(
  tx: Pick<Transaction, "apiTokens" | "facts" | "outbox" | "reporters" | "users">,
  events: readonly StoredEvent[],
): Promise<readonly EventView[]> {
  const values = await tx.outbox.valuesOf(events)
  const read = events.map((event) => {
    const logged = loggedBody(event)
    const beside = valuesBeside(logged, values.get(event.id) ?? [])
    return { ...event, logged, beside, body: wholeBody(logged, beside) }
  })
  const names = await namesOf(tx, {
    agents: read.flatMap(({ agent, body }) => [agent, body["resource"], idOf(body["actor"])].filter(isAgent)),
    people: read.flatMap(({ body }) => peopleIn([body["actor"], body["data"]])),
  })
  const reporterOf = await reporterNames(
    tx,
    read.flatMap(({ body }) => reporterId(body) ?? []),
  )
  const token = await tokenPurposes(
    tx,
    read.flatMap(({ body }) => tokenId(body) ?? []),
  )
  return read.map((event) => {
    const reporter = reporterId(event.body)
    const via = tokenId(event.body)
    return eventView(event, names, {
      reporter: reporter && reporterOf(reporter).name,
      token: via && (token.get(via) ?? "unknown"),
    })
  })
}

/** Shows one event, with the names of today for the people and agents in it. */
export async function eventDetail(
  tx: Pick<Transaction, "apiTokens" | "facts" | "outbox" | "reporters" | "users">,
  event: StoredEvent,
): Promise<EventDetail> {
  const [view] = await eventViews(tx, [event])
  if (!view) throw new Error("one event has one view")
  const said = [view.body, view.beside]
  const [people, agents] = [idsIn("user", said), idsIn("agent", said)]
  const names = await namesOf(tx, { people, agents })
  const named = [
    ...people.map((id) => [id, names.person(id).name] as const),
    ...agents.map((id) => [id, names.agent(id).name] as const),
  ]
  return { ...view, names: Object.fromEntries(named) }
}

function isAgent(id: unknown): id is Id<"agent"> {
  return isId("agent", id)
}

/** An event as it is logged, what stands beside it, and both together. */
interface ReadEvent extends StoredEvent {
  readonly logged: JsonObject
  readonly beside: readonly BesideValue[]
  readonly body: Readonly<Record<string, unknown>>
}

/** What an event came by, by the names of today. */
interface CameBy {
  readonly reporter: string | undefined
  readonly token: string | undefined
}

function eventView(event: ReadEvent, names: Names, { reporter, token }: CameBy): EventView {
  const { id, type, at, agent, task, call, index, logged, beside, body } = event
  const named = agent && names.agent(agent)
  const person = personIn(body["data"], names)
  const other = body["resource"]
  const told = {
    actor: actorName(body["actor"], names, token),
    agent: named?.name ?? "an agent",
    body,
    ...(person !== undefined && { person }),
    ...(isAgent(other) && { other: names.agent(other).name }),
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
    body: logged,
    beside,
  }
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

/** The API token by which a person's act came: told apart from what they did themselves. */
function tokenId({ actor }: ReadEvent["body"]): Id<"apiToken"> | undefined {
  const via = typeof actor === "object" && actor !== null && "via" in actor ? actor.via : undefined
  return isId("apiToken", via) ? via : undefined
}

async function tokenPurposes(
  { apiTokens }: Pick<Transaction, "apiTokens">,
  ids: readonly Id<"apiToken">[],
): Promise<ReadonlyMap<Id<"apiToken">, string>> {
  const tokens = await apiTokens.of([...new Set(ids)])
  return new Map(tokens.map(({ id, purpose }) => [id, purpose]))
}

function actorName(actor: unknown, names: Names, token: string | undefined): string {
  const id = idOf(actor)
  if (isId("user", id)) {
    const { name } = names.person(id)
    return token === undefined ? name : `${name} by the token “${token}”`
  }
  if (isId("agent", id)) return names.agent(id).name
  return "Tabard"
}
