import { type Id, isId } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import { indexAgents } from "./index-agents.ts"
import type { IndexStores } from "./index-inventory.ts"
import {
  indexPeople,
  indexReporters,
  indexSeenCredentials,
  indexSeenServers,
  indexTeams,
  indexUpstreams,
} from "./index-things.ts"

type Stores = Pick<Transaction, IndexStores>

/** Indexes the things behind an id, and answers the last of them; null where there were no more. */
type TakePage = (tx: Stores, after: string) => Promise<string | null>

/** How many things one unit of work indexes: decisions behind it wait for milliseconds. */
const PAGE = 100

/** What is gone through, one kind after another. */
const PAGES: readonly (readonly [kind: string, take: TakePage])[] = [
  ["agent", agentPage],
  ["server", serverPage],
  ["credential", credentialPage],
  ["person", (tx, after) => directoryPage(tx.users.list(), after, (page) => indexPeople(tx, page))],
  ["team", (tx, after) => directoryPage(tx.teams.list(), after, (page) => indexTeams(tx, page))],
  [
    "reporter",
    (tx, after) =>
      directoryPage(tx.reporters.list({ limit: 1_000 }), after, (page) => indexReporters(tx, page)),
  ],
  ["upstream", (tx, after) => directoryPage(tx.servers.list(), after, (page) => upstreamPage(tx, page))],
]

/** Where going through everything begins. */
export const FIRST_PLACE = "agent "

/** Answers whether a text is a place that an index page begins at. */
export function isPlace(text: string): boolean {
  return PAGES.some(([kind]) => text.startsWith(`${kind} `))
}

/** Indexes the page behind a place, and answers the place behind it; null at the end of everything. */
export async function indexPage(tx: Stores, place: string): Promise<string | null> {
  const [kind = "", after = ""] = place.split(" ")
  const at = PAGES.findIndex(([known]) => known === kind)
  const [, take] = PAGES[at] ?? []
  if (!take) throw new RangeError(`${place} is no place that an index page begins at`)
  const last = await take(tx, after)
  if (last !== null) return `${kind} ${last}`
  const next = PAGES[at + 1]
  return next ? `${next[0]} ` : null
}

async function agentPage(tx: Stores, after: string): Promise<string | null> {
  const agents = await tx.agents.list({ limit: PAGE, ...(isId("agent", after) && { after }) })
  const said = Map.groupBy(await tx.facts.of(agents.map(({ id }) => id)), ({ subject }) => subject)
  await indexAgents(
    tx,
    agents.map((agent) => ({ agent, said: said.get(agent.id) ?? [] })),
  )
  return lastOf(agents)
}

async function serverPage(tx: Stores, after: string): Promise<string | null> {
  const servers = await tx.observations.listServers({ limit: PAGE, ...(isId("server", after) && { after }) })
  await indexSeenServers(tx, servers)
  return lastOf(servers)
}

async function credentialPage(tx: Stores, after: string): Promise<string | null> {
  const behind = isId("credential", after) && { after }
  const credentials = await tx.observations.listCredentials({ limit: PAGE, ...behind })
  await indexSeenCredentials(tx, credentials)
  return lastOf(credentials)
}

async function upstreamPage(tx: Stores, upstreams: Parameters<typeof indexUpstreams>[1]): Promise<void> {
  for (const upstream of upstreams) await indexUpstreams(tx, [upstream], await tx.servers.pinned(upstream.id))
}

/** A directory is answered whole, by name; its pages go by id. */
async function directoryPage<Thing extends { readonly id: Id<"reporter" | "server" | "team" | "user"> }>(
  all: Promise<readonly Thing[]>,
  after: string,
  index: (page: readonly Thing[]) => Promise<void>,
): Promise<string | null> {
  const behind = (await all).filter(({ id }) => id > after).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const page = behind.slice(0, PAGE)
  await index(page)
  return lastOf(page)
}

/** A page that is not full is the last one. */
function lastOf(page: readonly { readonly id: string }[]): string | null {
  return page.length === PAGE ? (page.at(-1)?.id ?? null) : null
}
