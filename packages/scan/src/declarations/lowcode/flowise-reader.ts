import type { ServerSighting, SettingSighting } from "../../configurations/observation.ts"
import { serverEntries } from "../../configurations/server-entries.ts"
import type { CredentialReader } from "../../credentials/credential-reader.ts"
import type { Document } from "../../documents/document.ts"
import { asFields, asText, asTexts, type Fields, field } from "../../documents/fields.ts"
import { parseDocument } from "../../documents/parse-document.ts"
import type { SourceAgent, SourceReader } from "../../sources/source-reader.ts"
import { declaredAgent } from "../declared-agent.ts"
import { DeclaredFile, MOST_AGENTS } from "../declared-file.ts"
import { declared, declaredList } from "../declared-settings.ts"
import { type GraphNode, mapAt, nodesIn } from "../graph-nodes.ts"
import { endsInJson } from "../places.ts"
import { flowsIn } from "./flowise-flows.ts"

const AGENTS = new Set(["agentAgentflow", "supervisor", "worker", "seqAgent"])
const NAMES = ["agentName", "supervisorName", "workerName", "seqAgentName"]

/** Reads the agents in flows that Flowise exported. */
export const flowiseReader: SourceReader = {
  tellsTooLarge: false,
  wants: (path) => endsInJson(path),
  mayDeclare: (text) =>
    /agentAgentflow|\bsupervisor\b|\bworker\b|seqAgent|AgentExecutor|\bAgents\b/.test(text) &&
    text.includes("nodes"),
  async read(source, context) {
    const file = new DeclaredFile(source, context)
    const document = parseDocument(source.text, "json", context.limits.nesting)
    const agents = flowsIn(document).flatMap((flow) => agentsOf(flow, file))
    return file.read(agents, [], agents.length > 0 ? [document] : [])
  },
}

function agentsOf(flow: Document, file: DeclaredFile): readonly SourceAgent[] {
  const nodes = nodesIn(field(asFields(flow.value), "nodes"), ["nodes"])
  const asks = nodes.some(({ fields }) => field(mapAt(fields, "data"), "name") === "humanInputAgentflow")
  const byId = new Map(nodes.flatMap(({ fields }) => dataById(fields)))
  return nodes
    .filter(isAgent)
    .slice(0, MOST_AGENTS + 1)
    .map((node) => {
      const data = mapAt(node.fields, "data")
      const inputs = mapAt(data, "inputs") ?? {}
      const reader = file.credentialReader()
      readKeptCredential(node, flow, reader)
      return declaredAgent({
        framework: "flowise",
        name: asText(field(inputs, ...NAMES)) || (asText(field(data, "label")) ?? null),
        category: "production",
        line: flow.lineOf(node.path),
        what: "agent node of a Flowise flow",
        settings: [...toolSettings(inputs, byId), ...approvalSettings(inputs, asks)],
        servers: serversOf(inputs, node, byId, { flow, file, reader }),
        credentials: reader.sightings(),
      })
    })
}

/** Chatflows group their agents under `Agents`; a chain, a model or a router is none. */
function isAgent({ fields }: GraphNode): boolean {
  const data = mapAt(fields, "data")
  if (!mapAt(data, "inputs")) return false
  const name = asText(field(data, "name")) ?? ""
  return AGENTS.has(name) || field(data, "type") === "AgentExecutor" || field(data, "category") === "Agents"
}

function selectedTools(inputs: Fields): readonly Fields[] {
  return nodesIn(field(inputs, "agentTools"), []).map(({ fields }) => fields)
}

function toolSettings(inputs: Fields, byId: NodesById): readonly SettingSighting[] {
  const selected = selectedTools(inputs).flatMap((tool) => asText(field(tool, "agentSelectedTool")) ?? [])
  const wired = wiredTools(inputs, byId).flatMap((data) => asText(field(data, "name")) ?? [])
  const most = field(inputs, "maxIterations", "recursionLimit")
  const limit = typeof most === "number" || typeof most === "string" ? String(most) : ""
  return [
    ...declaredList("tools", [...selected, ...wired]),
    ...(limit === "" ? [] : [declared("iterations", limit)]),
  ]
}

/** What each node of a flow says, by its id. */
type NodesById = ReadonlyMap<string, Fields>

function dataById(node: Fields): readonly (readonly [string, Fields])[] {
  const id = asText(field(node, "id"))
  const data = mapAt(node, "data")
  return id !== undefined && data ? [[id, data]] : []
}

/** Inputs name the nodes they are wired to: `{{calculator_0.data.instance}}`. */
function wiredTools(inputs: Fields, byId: NodesById): readonly Fields[] {
  const ids = asTexts(field(inputs, "tools")).flatMap((text) => /\{\{([\w-]+)\./.exec(text)?.[1] ?? [])
  return ids.map((id) => byId.get(id)).filter((data) => data !== undefined)
}

function approvalSettings(inputs: Fields, asks: boolean): readonly SettingSighting[] {
  const whole = field(inputs, "requireApproval", "interrupt")
  const tools = selectedTools(inputs).map(
    (tool) => field(tool, "agentSelectedToolRequiresHumanInput") === true,
  )
  if (whole === true || (tools.length > 0 && tools.every(Boolean)))
    return [declared("approval", "required", "restricted")]
  if (tools.some(Boolean)) return [declared("approval", "required for some tools", "partial")]
  return asks ? [declared("approval", "a step of human input")] : []
}

interface Place {
  readonly flow: Document
  readonly file: DeclaredFile
  readonly reader: CredentialReader
}

function serversOf(
  inputs: Fields,
  { path }: GraphNode,
  byId: NodesById,
  { flow, file, reader }: Place,
): readonly ServerSighting[] {
  const selected = selectedTools(inputs).map((tool) => mapAt(tool, "agentSelectedToolConfig"))
  const wired = wiredTools(inputs, byId).map((data) => mapAt(data, "inputs"))
  return [...selected, ...wired].flatMap((config) => {
    const value = serverValue(asText(field(config, "mcpServerConfig")) ?? "")
    return file.servers(
      serverEntries(value, { role: "servers" }),
      { value, lineOf: () => flow.lineOf(path) },
      reader,
    )
  })
}

/** One server is written without a name. */
function serverValue(text: string): unknown {
  try {
    const { value } = parseDocument(text, "json", 32)
    const fields = asFields(value)
    return field(fields, "command", "url") === undefined ? value : { customMCP: value }
  } catch {
    return undefined
  }
}

/** An export names credentials by id; what they are is in the database of Flowise. */
function readKeptCredential({ fields, path }: GraphNode, flow: Document, reader: CredentialReader): void {
  const id = asText(field(mapAt(fields, "data"), "credential"))
  if (id) reader.refer("helper", `flowise/${id}`, flow.lineOf([...path, "data", "credential"]))
}
