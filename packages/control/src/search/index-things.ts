import type { Credential, ObservedServer, Reporter, Team, ToolVersion, Upstream, User } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import { packageOf } from "../upstreams/package-of.ts"
import { searchEntry } from "./search-entry.ts"

type Index = Pick<Transaction, "search">

/** Has people found by name and email. */
export function indexPeople({ search }: Index, people: readonly User[]): Promise<void> {
  return search.put(people.map(({ id, name, email }) => searchEntry("person", id, [name, email])))
}

/** Has teams found by name, and by what a provider or a file calls them. */
export function indexTeams({ search }: Index, teams: readonly Team[]): Promise<void> {
  return search.put(
    teams.map(({ id, name, externalName }) => searchEntry("team", id, [name, externalName ?? ""])),
  )
}

/** Has enrolled machines found by name. */
export function indexReporters({ search }: Index, reporters: readonly Reporter[]): Promise<void> {
  return search.put(reporters.map(({ id, name }) => searchEntry("reporter", id, [name])))
}

/** Has seen servers found by name and system, and those systems by their own names. */
export async function indexSeenServers({ search }: Index, servers: readonly ObservedServer[]): Promise<void> {
  await search.put(servers.map(({ id, name, system }) => searchEntry("server", id, [name, system ?? ""])))
  await indexSystems(
    { search },
    servers.map(({ system }) => system),
  )
}

/** Has the systems that seen credentials open found by name. The credentials themselves are found by id alone. */
export function indexSeenCredentials(
  tx: Index,
  credentials: readonly Pick<Credential, "provider">[],
): Promise<void> {
  return indexSystems(
    tx,
    credentials.map(({ provider }) => provider),
  )
}

function indexSystems({ search }: Index, systems: readonly (string | null)[]): Promise<void> {
  const named = new Set(systems.flatMap((system) => system ?? []))
  return search.put([...named].map((system) => searchEntry("system", system, [system])))
}

/** Has servers behind the gateway found by name, package and host, and their tools by name and description. */
export async function indexUpstreams(
  { search }: Index,
  upstreams: readonly Upstream[],
  tools: readonly ToolVersion[],
): Promise<void> {
  const names = new Map(upstreams.map(({ id, name }) => [id, name]))
  await search.put(upstreams.map((one) => searchEntry("upstream", one.id, [one.name, reachOf(one)])))
  await search.put(
    tools.map(({ id, name, server, definition: { description } }) =>
      searchEntry("tool", id, [
        name,
        names.get(server) ?? "",
        typeof description === "string" ? description : "",
      ]),
    ),
  )
}

/** Of what is run or reached only what names it: arguments and addresses may hold what nobody should look for. */
function reachOf({ launch }: Upstream): string {
  if (launch.transport === "stdio") return packageOf(launch) ?? ""
  return URL.parse(launch.url)?.hostname ?? ""
}
