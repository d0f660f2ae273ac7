import { isJsonObject, type Json, type JsonObject, MalformedJson, Problem, parseLossless } from "@tabard/core"
import { pinTool, type Registration } from "../pin-tool.ts"

/** Tools as their servers list them, by the name that manifests use for the server. */
export interface ToolCatalogue {
  readonly servers: ReadonlyMap<string, readonly Registration[]>
  /** Other names of a server, such as its id, and the one above. */
  readonly names: ReadonlyMap<string, string>
}

/** A catalogue in which nothing is known. */
export const NO_TOOLS: ToolCatalogue = { servers: new Map(), names: new Map() }

const LARGEST = 16 * 1024 * 1024
const MOST_SERVERS = 500
const MOST_TOOLS = 5000

/**
 * Reads `tabard.tools.json`: `{ "servers": { "bank": { "package": "…", "id": "srv_…", "tools": […] } } }`, each list as the server
 * answers `tools/list`.
 *
 * @throws {Problem} body_invalid
 */
export function readToolCatalogue(text: string): ToolCatalogue {
  const servers = serversIn(text)
  const named = Object.entries(servers).map(([name, server]) => [name, serverOf(name, server)] as const)
  return {
    servers: new Map(named.map(([name, { tools }]) => [name, tools])),
    names: new Map(named.flatMap(([name, { id }]) => (id === undefined ? [] : [[id, name] as const]))),
  }
}

function serversIn(text: string): JsonObject {
  if (text.length > LARGEST) throw refused(`it is longer than ${LARGEST} characters`)
  const value = parsed(text)
  const servers = isJsonObject(value) ? value["servers"] : undefined
  if (!isJsonObject(servers)) throw refused('it has no "servers"')
  if (Object.keys(servers).length > MOST_SERVERS) throw refused(`it has more than ${MOST_SERVERS} servers`)
  return servers
}

function parsed(text: string): Json {
  try {
    return parseLossless(text)
  } catch (error) {
    if (error instanceof MalformedJson) throw refused(error.message)
    throw error
  }
}

function serverOf(name: string, server: Json | undefined): { tools: Registration[]; id: string | undefined } {
  const listed = isJsonObject(server) ? server["tools"] : undefined
  if (!isJsonObject(server) || !Array.isArray(listed)) throw refused(`the server ${name} has no list "tools"`)
  if (listed.length > MOST_TOOLS) throw refused(`the server ${name} lists more than ${MOST_TOOLS} tools`)
  const { id, package: packageName } = server
  const tools = listed.map((tool: Json) => toolOf(name, tool, packageName))
  const twice = tools.find((tool, at) => tools.findIndex((other) => other.name === tool.name) !== at)
  if (twice) throw refused(`the server ${name} lists ${twice.name} twice`)
  return { tools, id: typeof id === "string" ? id : undefined }
}

function toolOf(server: string, definition: Json, packageName: Json | undefined): Registration {
  if (!isJsonObject(definition)) throw refused(`the server ${server} lists something that is no tool`)
  const from = typeof packageName === "string" ? { packageName } : {}
  return pinTool({ server: `srv_${server}`, definition, ...from })
}

function refused(why: string): Problem {
  return new Problem("body_invalid", `the definitions of tools cannot be used: ${why}`)
}
