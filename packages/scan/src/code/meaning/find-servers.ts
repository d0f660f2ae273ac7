import { lineOf } from "../syntax/read-value.ts"
import { type Entry, namedParts, type Value } from "../syntax/value.ts"
import { chainEnd, type DeclaredPlace, declaredPlace } from "./declared-place.ts"
import { resolved, sayText } from "./say-value.ts"
import { isAddress, namesServer, type ServerFields, serverFields } from "./server-fields.ts"
import type { SourceModule } from "./source-module.ts"

/** A server that source code declares, its fields as a configuration would have them. */
export interface FoundServer {
  readonly name: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly line: number
  /** Where each call and map of its declaration begins. */
  readonly places: ReadonlySet<number>
}

const MOST_SERVERS = 200
const MAPS_OF_SERVERS =
  /^(?:mcp_?servers?|mcps|servers|mcp_?server_?params|mcp_?config|mcp_?server_?configs?|connections)$/i
const NAMES_SERVERS = /mcp/i
const LISTS_OF_TEXTS = /^(?:commands|urls|mcps)$/
/** What only a server that somebody hosts is described by. */
const HOSTED = /^server_?[uU]rl$/
const LONGEST_NAME = 200

/** Answers the servers that a file declares: each once, by the outermost of the calls that describe it. */
export function findServers(module: SourceModule): readonly FoundServer[] {
  const candidates = [...listedServers(module), ...calledServers(module)].slice(0, MOST_SERVERS)
  const kept: Candidate[] = []
  for (const candidate of candidates) {
    const isInner = candidates.some(
      (other) => other !== candidate && holds(other, candidate) && !holds(candidate, other),
    )
    const isKnown = kept.some((other) => holds(other, candidate))
    if (!isInner && !isKnown) kept.push(candidate)
  }
  return kept.map((candidate) => foundServer(candidate, module))
}

interface Candidate extends ServerFields {
  readonly name: string
  readonly at: number
  readonly line: number
}

function holds(outer: Candidate, inner: Candidate): boolean {
  return outer.places.has(inner.at)
}

/** Maps and lists of servers: in a variable or a part of a call whose name says so. */
function listedServers(module: SourceModule): readonly Candidate[] {
  const given = module.valuesNamed((name) => NAMES_SERVERS.test(name))
  const parts = module.calls
    .filter(({ path }) => namesServer(path))
    .flatMap(({ node }): readonly Entry[] => {
      const value = module.value(node)
      const maps = value.kind === "call" ? value.args.map((arg) => ({ name: "servers", value: arg })) : []
      return [...namedParts(value), ...maps]
    })
  const named = [...parts, ...module.partsNamed(NAMES_SERVERS)].filter(({ name }) =>
    MAPS_OF_SERVERS.test(name),
  )
  const spelled = [...parts, ...module.partsNamed(/^mcps$/)].filter(({ name }) => LISTS_OF_TEXTS.test(name))
  return [
    ...[...given, ...named].flatMap(({ name, value }) => serversIn(value, name, module)),
    ...module.mapsWith(HOSTED).flatMap((value) => candidateOf(value, "server", module)),
    ...spelled.flatMap(({ name, value }) => spelledServers(value, name, module)),
  ]
}

/** Lists of command lines or addresses: what is only an address goes by its host. */
function spelledServers(value: Value, label: string, module: SourceModule): readonly Candidate[] {
  const whole = resolved(value, module)
  const items = whole.kind === "list" ? whole.items : []
  return items.flatMap((item, at) => {
    const text = item.kind === "text" || item.kind === "joined" ? sayText(item, module) : undefined
    if (text === undefined || !(isAddress(text) || /^\S+ \S/.test(text))) return []
    const name = URL.parse(text)?.hostname || `${label}[${at}]`
    const fields = new Map([[isAddress(text) ? "url" : "command", item]])
    return [{ name, fields, places: new Set<number>(), variables: [], callees: [], at: -1, line: item.line }]
  })
}

function serversIn(value: Value, name: string, module: SourceModule): readonly Candidate[] {
  const whole = resolved(value, module)
  const label = value.kind === "name" ? (value.path.at(-1) ?? name) : name
  if (whole.kind === "list")
    return whole.items.flatMap((item, at) =>
      candidateOf(item, (item.kind === "name" && item.path.at(-1)) || `${label}[${at}]`, module),
    )
  if (whole.kind !== "map") return []
  const nested = whole.entries.find((entry) => entry.name === "mcpServers" || entry.name === "servers")
  if (nested) return serversIn(nested.value, nested.name, module)
  return whole.entries.flatMap((entry) => {
    const inner = resolved(entry.value, module)
    return inner.kind === "map" || inner.kind === "call" ? candidateOf(inner, entry.name, module) : []
  })
}

function candidateOf(value: Value, name: string, module: SourceModule): readonly Candidate[] {
  const found = serverFields(value, module)
  const whole = resolved(value, module)
  if (!launches(found, module) || (whole.kind !== "map" && whole.kind !== "call")) return []
  return [{ ...found, name: nameIn(found, module) ?? name, at: whole.at, line: whole.line }]
}

/** Calls that describe a server by themselves; what a function of the file itself is called with describes what it describes. */
function calledServers(module: SourceModule): readonly Candidate[] {
  return module.calls
    .filter(({ path }) => namesServer(path) && !module.functionNamed(path.at(-1) ?? ""))
    .flatMap(({ node, path }) => {
      const end = chainEnd(node, module)
      const value = module.value(end)
      const found = serverFields(value, module)
      if (!launches(found, module)) return []
      const called = path.filter((word) => word !== "builder").at(-1) ?? "server"
      const name =
        nameIn(found, module) ??
        variableName(found, module) ??
        found.variables[0] ??
        placeName(declaredPlace(end, module)) ??
        called
      return [{ ...found, name, at: node.startIndex, line: lineOf(node) }]
    })
}

function placeName(place: DeclaredPlace): string | undefined {
  return place.kind === "variable" ? place.path.at(-1) : place.kind === "key" ? place.name : undefined
}

function launches({ fields, callees }: ServerFields, module: SourceModule): boolean {
  const command = fields.get("command")
  const url = fields.get("url")
  const said = (value: Value | undefined): string => (value && sayText(value, module)) ?? ""
  const isSaid = !/^<(?!env )|^$/.test(said(command)) || saysWords(fields.get("args"), module)
  const isCommand = command !== undefined && isSaid && fields.has("args")
  const isLine = /^\S+ \S/.test(said(command)) || /^[\w./-]+$/.test(said(command))
  const isUrl =
    /^(?:https?|wss?):\/\/|^<env /i.test(said(url)) ||
    (/^<\w+>$/.test(said(url)) && (isNamed(fields, callees) || isFetched(url, callees, module)))
  return isCommand || isLine || isUrl
}

/** A program that is looked up when it runs is told by what it is to run. */
function saysWords(args: Value | undefined, module: SourceModule): boolean {
  const whole = args && resolved(args, module)
  return (
    whole?.kind === "list" && whole.items.some((item) => item.kind === "text" && !item.text.startsWith("-"))
  )
}

/** An address that the file itself looks up is one; what a function is handed may be anybody's. */
function isFetched(url: Value | undefined, callees: ServerFields["callees"], module: SourceModule): boolean {
  const whole = url && resolved(url, module)
  const isLookedUp = whole?.kind === "call" && /^(?:\[\]|get)$/.test(whole.callee.at(-1) ?? "")
  return isLookedUp && callees.some((name) => CONNECTION.test(name))
}

const CONNECTION = /stdio|sse|http|server|transport/i

/** A server with a name of its own is one, though its address is only known when it is called. */
function isNamed(fields: ServerFields["fields"], callees: ServerFields["callees"]): boolean {
  return fields.get("name")?.kind === "text" && callees.some((name) => CONNECTION.test(name))
}

function nameIn({ fields }: ServerFields, module: SourceModule): string | undefined {
  const name = fields.get("name")
  const text = name && sayText(name, module)
  return text && !text.startsWith("<") ? text.slice(0, LONGEST_NAME) : undefined
}

/** A server that is named nowhere goes by the variable of its address: `<env NOTES_SERVER_URL>` is `notes`. */
function variableName({ fields }: ServerFields, module: SourceModule): string | undefined {
  const url = fields.get("url")
  const variable = /^<env (\w+?)(?:_SERVER)?(?:_URL|_URI|_ENDPOINT|_ADDRESS)>/.exec(
    (url && sayText(url, module)) ?? "",
  )
  return variable?.[1]?.toLowerCase()
}

function foundServer({ name, fields, line, places, callees }: Candidate, module: SourceModule): FoundServer {
  const text = (field: string): string | undefined => {
    const value = fields.get(field)
    return value && sayText(value, module)
  }
  const transport = transportOf(fields, callees, module)
  const authorization = fields.get("authorization")
  return {
    name,
    line,
    places,
    fields: {
      ...(text("command") === undefined
        ? {}
        : { command: text("command"), args: texts(fields.get("args"), module) }),
      ...(text("command") !== undefined || text("url") === undefined ? {} : { url: text("url") }),
      ...(transport ? { transport } : {}),
      env: pairs(fields.get("env"), module),
      headers: {
        ...pairs(fields.get("headers"), module),
        ...(authorization ? { Authorization: reference(authorization, module) } : {}),
      },
    },
  }
}

function transportOf(
  fields: ReadonlyMap<string, Value>,
  callees: readonly string[],
  module: SourceModule,
): string | undefined {
  const said = fields.get("transport")
  const text = said && sayText(said, module)
  if (text && /^(?:sse|ws|stdio|[\w-]*http[\w-]*)$/i.test(text)) return text
  return callees.some((name) => /sse/i.test(name)) ? "sse" : undefined
}

function texts(value: Value | undefined, module: SourceModule): readonly string[] {
  const whole = value && resolved(value, module)
  if (!whole) return []
  if (whole.kind === "list") return whole.items.map((item) => sayText(item, module) ?? "<value>")
  if (whole.kind === "call" && /^(?:of|asList|listOf)$/.test(whole.callee.at(-1) ?? ""))
    return whole.args.map((item) => sayText(item, module) ?? "<value>")
  const text = sayText(whole, module)
  return text === undefined ? [] : [text]
}

function pairs(value: Value | undefined, module: SourceModule): Readonly<Record<string, string>> {
  const whole = value && resolved(value, module)
  const entries = whole?.kind === "map" || whole?.kind === "call" ? namedParts(whole) : []
  return Object.fromEntries(entries.map((entry) => [entry.name, reference(entry.value, module)]))
}

/** Where a value comes from a variable, it is told as configurations do: `${NAME}`. */
function reference(value: Value, module: SourceModule): string {
  return (sayText(value, module) ?? "").replaceAll(/<env (\w+)>/g, (_, name: string) => `\${${name}}`)
}
