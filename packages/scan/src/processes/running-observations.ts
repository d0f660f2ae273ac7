import type { ConfigurationOwner, Observation } from "../configurations/observation.ts"
import type { ReadingContext } from "../configurations/read-configuration.ts"
import { CredentialReader, type CredentialSighting } from "../credentials/credential-reader.ts"
import { readArguments } from "../credentials/read-arguments.ts"
import type { KnowledgePack, KnownClient, KnownServer } from "../knowledge/knowledge-pack.ts"
import { matchCatalogue } from "../launch/match-catalogue.ts"
import { unwrapLaunch } from "../launch/unwrap-launch.ts"
import { type MatchedClient, matchClient, packagesOf } from "./match-client.ts"
import { readFlags } from "./read-flags.ts"
import type { RunningProcess } from "./running-process.ts"

/** What stands where a program's path is not known. */
const NOWHERE = "running programs"
/** Beyond these an agent's children are its work, not its servers. */
const MOST_CHILDREN = 200
const DEEPEST_CHILD = 4
const MOST_WORDS = 500

/** Answers what running programs say of known clients: that they run, how freely, with which credentials and servers. */
export function runningObservations(
  processes: readonly RunningProcess[],
  owner: ConfigurationOwner,
  context: ReadingContext,
): readonly Observation[] {
  const children = Map.groupBy(processes, ({ parent }) => parent)
  const running = processes.flatMap((process) => {
    const matched = matchClient(process.command, context.pack)
    return matched ? [{ process, matched }] : []
  })
  const clients = new Map(running.map(({ process, matched }) => [process.pid, matched.client]))
  return running.flatMap(({ process, matched }) => {
    // A client's own helpers run beneath it, and are it.
    const isHelper = clients.get(process.parent) === matched.client
    const below = isHelper ? [] : descendants(process, children)
    return observed(process, matched, below, { owner, context, isHelper })
  })
}

interface About {
  readonly owner: ConfigurationOwner
  readonly context: ReadingContext
  readonly isHelper: boolean
}

function observed(
  process: RunningProcess,
  { client, isSure, program }: MatchedClient,
  below: readonly RunningProcess[],
  { owner, context, isHelper }: About,
): readonly Observation[] {
  const path = program ?? NOWHERE
  const settings = readFlags(client, process.command)
  if (isHelper && settings.length === 0) return []
  const credentials = credentialsIn([process, ...below], client, context)
  const sure = isSure
    ? ({ running: "surely", confidence: "high" } as const)
    : ({ running: "likely", confidence: "medium" } as const)
  const told = { client, owner, path, servers: [], subAgents: [], credentials: [], settings: [], ...sure }
  return [
    { ...told, what: `running, pid ${process.pid}`, credentials, settings },
    ...serversBelow(below, context.pack).map(({ id, pid }) => ({
      ...told,
      what: `runs MCP server ${id}, pid ${pid}`,
    })),
  ]
}

/** Each secret becomes a fingerprint here; no word of a command line is answered. */
function credentialsIn(
  processes: readonly RunningProcess[],
  client: KnownClient,
  { pack, fingerprint }: ReadingContext,
): readonly CredentialSighting[] {
  const reader = new CredentialReader(pack, fingerprint, `command line of ${client.name}`, {
    seesBare: false,
  })
  for (const { command } of processes) {
    const words = command.slice(0, MOST_WORDS).map((text) => ({ name: null, text, line: () => null }))
    readArguments(words, reader)
  }
  return reader.sightings()
}

function descendants(
  { pid }: RunningProcess,
  children: ReadonlyMap<number, readonly RunningProcess[]>,
): readonly RunningProcess[] {
  const found: RunningProcess[] = []
  let level = children.get(pid) ?? []
  for (let depth = 0; depth < DEEPEST_CHILD && level.length > 0 && found.length < MOST_CHILDREN; depth++) {
    found.push(...level)
    level = level.flatMap((child) => (child.pid === pid ? [] : (children.get(child.pid) ?? [])))
  }
  return found.slice(0, MOST_CHILDREN)
}

interface RunningServer {
  readonly id: string
  readonly pid: number
}

/** A launcher and what it started are one server: the first of them is told. */
function serversBelow(below: readonly RunningProcess[], pack: KnowledgePack): readonly RunningServer[] {
  const servers = new Map<string, RunningServer>()
  for (const { pid, command } of below) {
    const known = knownServer(command, pack)
    if (known && !servers.has(known.id)) servers.set(known.id, { id: known.id, pid })
  }
  return [...servers.values()]
}

function knownServer(command: readonly string[], pack: KnowledgePack): KnownServer | null {
  const packages = packagesOf(command)
  const installed = pack.servers.find(({ match }) => match.some((name) => packages.includes(name)))
  return installed ?? matchCatalogue({ launch: unwrapLaunch(command), url: null }, pack)
}
