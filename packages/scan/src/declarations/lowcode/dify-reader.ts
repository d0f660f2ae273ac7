import type { ServerSighting, SettingSighting } from "../../configurations/observation.ts"
import { serverEntries } from "../../configurations/server-entries.ts"
import type { CredentialReader } from "../../credentials/credential-reader.ts"
import type { Document, Path } from "../../documents/document.ts"
import { asFields, asText, type Fields, field } from "../../documents/fields.ts"
import { parseDocument } from "../../documents/parse-document.ts"
import type { SourceAgent, SourceReader } from "../../sources/source-reader.ts"
import { declaredAgent } from "../declared-agent.ts"
import { DeclaredFile } from "../declared-file.ts"
import { declared, declaredList } from "../declared-settings.ts"
import { type GraphNode, mapAt, nodesIn } from "../graph-nodes.ts"
import { endsInYaml } from "../places.ts"

/** Reads the agents in applications that Dify exported. */
export const difyReader: SourceReader = {
  tellsTooLarge: false,
  wants: (path) => endsInYaml(path),
  mayDeclare: (text) => /^kind:\s*["']?app\b/m.test(text) && /agent/.test(text),
  async read(source, context) {
    const file = new DeclaredFile(source, context)
    const document = parseDocument(source.text, "yaml", context.limits.nesting)
    const root = asFields(document.value)
    if (field(root, "kind") !== "app" || !root) return file.read([], [], [])
    const agents = [...agentApp(root, document, file), ...agentNodes(root, document, file)]
    if (agents.length > 0) readSecrets(root, document, file.credentialReader())
    return file.read(agents, [], [document])
  },
}

function agentApp(root: Fields, document: Document, file: DeclaredFile): readonly SourceAgent[] {
  const app = mapAt(root, "app")
  if (field(app, "mode") !== "agent-chat") return []
  const mode = mapAt(root, "model_config", "agent_mode")
  const tools = nodesIn(field(mode, "tools"), []).filter(({ fields }) => field(fields, "enabled") !== false)
  const reader = file.credentialReader()
  return [
    declaredAgent({
      framework: "dify",
      name: asText(field(app, "name")) ?? null,
      category: "chatbot",
      line: document.lineOf(["app"]),
      what: "agent application of Dify",
      settings: [...toolSettings(tools), ...iterations(field(mode, "max_iteration"))],
      credentials: reader.sightings(),
    }),
  ]
}

function agentNodes(root: Fields, document: Document, file: DeclaredFile): readonly SourceAgent[] {
  const path = ["workflow", "graph", "nodes"]
  const nodes = nodesIn(field(mapAt(root, "workflow", "graph"), "nodes"), path)
  const asks = nodes.some((node) => kindOf(node) === "human-input")
  const isChat = asText(field(mapAt(root, "app"), "mode"))?.includes("chat") ?? false
  return nodes
    .filter((node) => kindOf(node) === "agent")
    .map((node) => agentNode(node, { document, file, asks, isChat }))
}

function kindOf(node: GraphNode): unknown {
  return field(mapAt(node.fields, "data"), "type")
}

interface Application {
  readonly document: Document
  readonly file: DeclaredFile
  readonly asks: boolean
  readonly isChat: boolean
}

function agentNode({ fields, path }: GraphNode, { document, file, asks, isChat }: Application): SourceAgent {
  const data = mapAt(fields, "data")
  const parameters = mapAt(data, "agent_parameters")
  const tools = nodesIn(field(mapAt(parameters, "tools"), "value"), [])
  const reader = file.credentialReader()
  const servers = serversOf(parameters, [...path, "data", "agent_parameters"], { document, file, reader })
  return declaredAgent({
    framework: "dify",
    name: asText(field(data, "title")) ?? null,
    category: isChat ? "chatbot" : "production",
    line: document.lineOf(path),
    what: "agent node of a Dify workflow",
    settings: [
      ...toolSettings(tools.filter((tool) => field(tool.fields, "enabled") !== false)),
      ...iterations(field(mapAt(parameters, "maximum_iterations"), "value")),
      ...(asks ? [declared("approval", "a step of human input")] : []),
    ],
    servers,
    credentials: reader.sightings(),
  })
}

function toolSettings(tools: readonly GraphNode[]): readonly SettingSighting[] {
  return declaredList(
    "tools",
    tools.map(({ fields }) => asText(field(fields, "tool_name", "tool_label", "provider_name")) ?? "tool"),
  )
}

function iterations(most: unknown): readonly SettingSighting[] {
  return typeof most === "number" ? [declared("iterations", String(most))] : []
}

interface Place {
  readonly document: Document
  readonly file: DeclaredFile
  readonly reader: CredentialReader
}

/** A strategy that speaks MCP is given one address, or JSON with many. */
function serversOf(parameters: Fields | undefined, path: Path, place: Place): readonly ServerSighting[] {
  return ["mcp_server", "mcp_servers_config"].flatMap((name) => {
    const text = asText(field(mapAt(parameters, name), "value"))?.trim() ?? ""
    const line = place.document.lineOf([...path, name])
    const value = /^https?:/.test(text) ? { [name]: { url: text } } : jsonOf(text)
    const entries = serverEntries(value, { role: "servers" })
    return place.file.servers(entries, { value, lineOf: () => line }, place.reader)
  })
}

function jsonOf(text: string): unknown {
  try {
    return text.startsWith("{") ? parseDocument(text, "json", 32).value : undefined
  } catch {
    return undefined
  }
}

/** An export may bring the secrets of its environment along. */
function readSecrets(root: Fields, document: Document, reader: CredentialReader): void {
  const path = ["workflow", "environment_variables"]
  for (const { fields, path: at } of nodesIn(field(mapAt(root, "workflow"), "environment_variables"), path)) {
    const text = asText(field(fields, "value")) ?? ""
    const name = asText(field(fields, "name")) ?? ""
    if (field(fields, "value_type") === "secret")
      reader.take({ name: `${name} secret`, text, line: () => document.lineOf(at) })
  }
}
