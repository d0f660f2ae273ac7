import type { ServerSighting, SettingSighting } from "../../configurations/observation.ts"
import type { CredentialReader } from "../../credentials/credential-reader.ts"
import type { Document } from "../../documents/document.ts"
import { asFields, asText, type Fields, field } from "../../documents/fields.ts"
import { parseDocument } from "../../documents/parse-document.ts"
import { splitCommandLine } from "../../launch/split-command-line.ts"
import type { SourceAgent, SourceReader } from "../../sources/source-reader.ts"
import { providerOf } from "../declaration-knowledge.ts"
import { declaredAgent } from "../declared-agent.ts"
import { DeclaredFile, MOST_AGENTS } from "../declared-file.ts"
import { declared, declaredList } from "../declared-settings.ts"
import { type GraphNode, mapAt, nodesIn, oneOrMany } from "../graph-nodes.ts"
import { endsInJson } from "../places.ts"

/** No agent that people draw has more. */
const MOST_TOOLS = 100
const AGENT = /^(?:Agent|\w*Agent|\w+AgentComponent|(?:Hierarchical|Sequential)CrewComponent)$/
const SERVERS = /^MCP(?:Tools|Stdio|Sse|ToolsComponent|Component)/

/** Reads the agents in flows that Langflow exported. */
export const langflowReader: SourceReader = {
  tellsTooLarge: false,
  wants: (path) => endsInJson(path),
  mayDeclare: (text) => text.includes('"template"') && /"type"\s*:\s*"\w*(?:Agent|Crew)/.test(text),
  async read(source, context) {
    const file = new DeclaredFile(source, context)
    const document = parseDocument(source.text, "json", context.limits.nesting)
    const agents = oneOrMany(document.value).flatMap((item) => flowAgents(item, document, file))
    return file.read(agents, [], agents.length > 0 ? [document] : [])
  },
}

interface Flow {
  /** Answers the nodes that are tools of the one with this id. */
  readonly toolsOf: (id: unknown) => readonly GraphNode[]
  readonly document: Document
  readonly file: DeclaredFile
}

function flowAgents(item: GraphNode, document: Document, file: DeclaredFile): readonly SourceAgent[] {
  const data = mapAt(item.fields, "data")
  const nodes = nodesIn(field(data, "nodes"), [...item.path, "data", "nodes"])
  const toolsOf = toolsIn(nodes, nodesIn(field(data, "edges"), []))
  return nodes
    .filter(isAgent)
    .slice(0, MOST_AGENTS + 1)
    .map((node) => agentOf(node, { toolsOf, document, file }))
}

function isAgent({ fields }: GraphNode): boolean {
  const data = mapAt(fields, "data")
  return AGENT.test(asText(field(data, "type")) ?? "") && mapAt(data, "node", "template") !== undefined
}

function agentOf(node: GraphNode, { toolsOf, document, file }: Flow): SourceAgent {
  const data = mapAt(node.fields, "data")
  const template = mapAt(data, "node", "template") ?? {}
  const reader = file.credentialReader()
  readKeys(template, node, document, reader)
  const tools = toolsOf(field(node.fields, "id"))
  return declaredAgent({
    framework: "langflow",
    name: asText(field(mapAt(data, "node"), "display_name")) ?? asText(field(data, "type")) ?? null,
    category: "production",
    line: document.lineOf(node.path),
    what: "agent component of a Langflow flow",
    settings: settingsOf(template, tools),
    servers: tools.flatMap((tool) => serverOf(tool, document, reader, file)),
    credentials: reader.sightings(),
  })
}

function toolsIn(nodes: readonly GraphNode[], edges: readonly GraphNode[]): Flow["toolsOf"] {
  const byId = new Map(nodes.map((node) => [field(node.fields, "id"), node]))
  const byTarget = Map.groupBy(edges.filter(isToolEdge), ({ fields }) => field(fields, "target"))
  return (id) =>
    (byTarget.get(id) ?? [])
      .slice(0, MOST_TOOLS)
      .flatMap(({ fields }) => byId.get(field(fields, "source")) ?? [])
}

function isToolEdge({ fields }: GraphNode): boolean {
  const handle = field(mapAt(fields, "data", "targetHandle"), "fieldName")
  const text = asText(field(fields, "targetHandle")) ?? ""
  return handle === "tools" || /fieldName\W+tools\b/.test(text)
}

function settingsOf(template: Fields, tools: readonly GraphNode[]): readonly SettingSighting[] {
  const most = field(mapAt(template, "max_iterations"), "value")
  return [
    ...declaredList(
      "tools",
      tools.flatMap(({ fields }) => asText(field(mapAt(fields, "data"), "type")) ?? []),
    ),
    ...(typeof most === "number" ? [declared("iterations", String(most))] : []),
  ]
}

function serverOf(
  { fields, path }: GraphNode,
  document: Document,
  reader: CredentialReader,
  file: DeclaredFile,
): readonly ServerSighting[] {
  const data = mapAt(fields, "data")
  const type = asText(field(data, "type")) ?? ""
  const launch = SERVERS.test(type) ? launchOf(mapAt(data, "node", "template")) : undefined
  if (!launch) return []
  const name = launch.name ?? asText(field(mapAt(data, "node"), "display_name")) ?? type
  return file.servers([{ name, fields: launch.fields, path }], document, reader)
}

function launchOf(
  template: Fields | undefined,
): { readonly name: string | undefined; readonly fields: Fields } | undefined {
  const server = mapAt(template, "mcp_server", "value")
  const config = mapAt(server, "config")
  if (config) return { name: asText(field(server, "name")), fields: config }
  const url =
    asText(field(mapAt(template, "sse_url"), "value")) || asText(field(mapAt(template, "url"), "value"))
  if (url) return { name: undefined, fields: { url } }
  const [command, ...args] = splitCommandLine(asText(field(mapAt(template, "command"), "value")) ?? "")
  return command === undefined ? undefined : { name: undefined, fields: { command, args } }
}

/** A key stands in the flow itself, or is the name of a variable that Langflow keeps. */
function readKeys(template: Fields, { path }: GraphNode, document: Document, reader: CredentialReader): void {
  for (const [name, value] of Object.entries(template)) {
    const input = asFields(value)
    const text = asText(field(input, "value")) ?? ""
    if (field(input, "password") !== true || text === "") continue
    const line = document.lineOf([...path, "data", "node", "template", name])
    if (field(input, "load_from_db") === true) reader.refer("env-reference", text, line, providerOf(text))
    else reader.take({ name, text, line: () => line })
  }
}
