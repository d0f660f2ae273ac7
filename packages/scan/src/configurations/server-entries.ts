import type { Path } from "../documents/document.ts"
import { asFields, asText, type Fields, field } from "../documents/fields.ts"
import type { KnownFile } from "../knowledge/knowledge-pack.ts"

/** One server of a configuration, still as it was written, and the way to it. */
export interface ServerEntry {
  readonly name: string
  readonly fields: Fields
  readonly path: Path
}

/** The places where clients keep a map of servers; `*` stands for any name. */
const PLACES: readonly (readonly string[])[] = [
  ["mcpServers"],
  ["mcp_servers"],
  ["mcp", "servers"],
  ["mcp", "mcpServers"],
  ["projects", "*", "mcpServers"],
  ["mcp.servers"],
  ["modelContextProtocolServers"],
  ["experimental", "modelContextProtocolServers"],
  ["customizations", "vscode", "mcp", "servers"],
  ["customizations", "vscode", "settings", "mcp", "servers"],
  ["customizations", "vscode", "settings", "mcp.servers"],
  ["settings", "mcp", "servers"],
  ["settings", "mcp.servers"],
]
const LAUNCH_FIELDS = ["command", "cmd", "url", "httpUrl", "serverUrl", "uri"]
/** Beside a program these lead to its documentation or to what it speaks with; alone they are the server's address. */
const ADDRESSES_ALONE = ["baseUrl", "base_url", "link"]
const COMMENT = /^(?:_comment|\/\/|\$)/

/** Answers the servers in a configuration, wherever in it clients keep them; a file of servers may be a bare map. */
export function serverEntries(
  value: unknown,
  { role, servers }: Pick<KnownFile, "role" | "servers">,
): readonly ServerEntry[] {
  const places = servers ?? (role === "servers" ? [...PLACES, ["servers"]] : PLACES)
  const maps = places.flatMap((place) => mapsAt(value, place, []))
  const bare = role === "servers" && maps.length === 0 ? [{ value, path: [] }] : []
  return [...maps, ...bare].flatMap((map) => entriesOf(map.value, map.path))
}

interface ServerMap {
  readonly value: unknown
  readonly path: Path
}

function mapsAt(value: unknown, place: readonly string[], path: Path): readonly ServerMap[] {
  const [name, ...rest] = place
  if (name === undefined) return [{ value, path }]
  const fields = asFields(value)
  if (!fields) return []
  const names = name === "*" ? Object.keys(fields) : Object.hasOwn(fields, name) ? [name] : []
  return names.flatMap((key) => mapsAt(fields[key], rest, [...path, key]))
}

function entriesOf(map: unknown, path: Path): readonly ServerEntry[] {
  if (Array.isArray(map)) return map.flatMap((item: unknown, index) => listedEntry(item, [...path, index]))
  return Object.entries(asFields(map) ?? {}).flatMap(([name, item]) => entry(name, item, [...path, name]))
}

/** In a list a server says its name, or goes by its host. */
function listedEntry(item: unknown, path: Path): readonly ServerEntry[] {
  const fields = asFields(typeof item === "string" ? { url: item } : item)
  const name = asText(field(fields, "name")) ?? hostOf(asText(field(fields, "url")) ?? "")
  return entry(name ?? placeIn(path), fields, path)
}

/** One that says nothing of itself goes by where it stands, as `mcpServers[0]`. */
function placeIn(path: Path): string {
  return path.reduce<string>((place, step) => (typeof step === "number" ? `${place}[${step}]` : step), "")
}

function hostOf(url: string): string | undefined {
  return URL.parse(url)?.hostname || undefined
}

function entry(name: string, item: unknown, path: Path): readonly ServerEntry[] {
  const fields = withAddressAlone(withFlatTransport(withFlatCommand(asFields(item))))
  const launches = fields && LAUNCH_FIELDS.some((launch) => Object.hasOwn(fields, launch))
  return launches && !COMMENT.test(name) ? [{ name, fields, path }] : []
}

function withAddressAlone(fields: Fields | undefined): Fields | undefined {
  if (!fields || LAUNCH_FIELDS.some((name) => Object.hasOwn(fields, name))) return fields
  const url = asText(field(fields, ...ADDRESSES_ALONE))
  return url !== undefined && /^(?:https?|wss?):\/\//i.test(url) ? { ...fields, url } : fields
}

/** Some write the address, or the program, into `transport`. */
function withFlatTransport(fields: Fields | undefined): Fields | undefined {
  const transport = asFields(field(fields, "transport"))
  return transport ? { ...fields, ...transport, transport: field(transport, "type") } : fields
}

/** Older Zed writes the program, its arguments and variables into `command`. */
function withFlatCommand(fields: Fields | undefined): Fields | undefined {
  const command = asFields(field(fields, "command"))
  return command ? { ...fields, ...command, command: field(command, "path", "command") } : fields
}
