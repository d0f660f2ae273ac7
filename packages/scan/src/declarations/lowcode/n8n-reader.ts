import type { ServerSighting, SettingSighting } from "../../configurations/observation.ts"
import type { CredentialReader } from "../../credentials/credential-reader.ts"
import type { Document } from "../../documents/document.ts"
import { asText, field } from "../../documents/fields.ts"
import { parseDocument } from "../../documents/parse-document.ts"
import type { SourceAgent, SourceReader } from "../../sources/source-reader.ts"
import { declaredAgent } from "../declared-agent.ts"
import { DeclaredFile, MOST_AGENTS } from "../declared-file.ts"
import { declared, declaredList } from "../declared-settings.ts"
import { mapAt, oneOrMany } from "../graph-nodes.ts"
import { endsInJson } from "../places.ts"
import { type N8nNode, type N8nWorkflow, n8nWorkflow } from "./n8n-workflow.ts"

const LANGCHAIN = "@n8n/n8n-nodes-langchain."
const AGENTS = new Set(["agent", "agentTool", "openAiAssistant"])

/** Reads the agents in workflows that n8n exported. */
export const n8nReader: SourceReader = {
  tellsTooLarge: false,
  wants: (path) => endsInJson(path),
  mayDeclare: (text) => text.includes(LANGCHAIN) && text.includes('"connections"'),
  async read(source, context) {
    const file = new DeclaredFile(source, context)
    const document = parseDocument(source.text, "json", context.limits.nesting)
    const workflows = oneOrMany(document.value).flatMap((item) => {
      const inner = mapAt(item.fields, "workflow") ?? mapAt(item.fields, "data")
      return n8nWorkflow(item) ?? (inner ? (n8nWorkflow({ ...item, fields: inner }) ?? []) : [])
    })
    const agents = workflows.flatMap((workflow) => agentsOf(workflow, document, file))
    return file.read(agents, [], agents.length > 0 ? [document] : [])
  },
}

function agentsOf(workflow: N8nWorkflow, document: Document, file: DeclaredFile): readonly SourceAgent[] {
  return workflow.nodes
    .filter(isAgent)
    .slice(0, MOST_AGENTS + 1)
    .map((node) => {
      const reader = file.credentialReader()
      const tools = workflow.servants(node.name, /^ai_tool$/)
      const servants = [node, ...workflow.servants(node.name, /^ai_/)]
      for (const servant of servants) readKeptCredentials(servant, document, reader)
      return declaredAgent({
        framework: "n8n",
        name: node.name,
        category: "production",
        line: document.lineOf(node.path),
        what: "agent node of an n8n workflow",
        settings: [...ownSettings(node, tools), ...startSettings(workflow)],
        servers: tools.flatMap((tool) => serverOf(tool, document, reader, file)),
        credentials: reader.sightings(),
      })
    })
}

/** The node that calls OpenAI is an agent where it speaks with an assistant, and not where it makes or lists them. */
function isAgent({ type, fields }: N8nNode): boolean {
  if (!type.startsWith(LANGCHAIN)) return false
  const kind = type.slice(LANGCHAIN.length)
  const parameters = mapAt(fields, "parameters")
  const speaks = (asText(field(parameters, "operation")) ?? "message") === "message"
  return AGENTS.has(kind) || (kind === "openAi" && field(parameters, "resource") === "assistant" && speaks)
}

function ownSettings({ fields }: N8nNode, tools: readonly N8nNode[]): readonly SettingSighting[] {
  const most = field(mapAt(fields, "parameters", "options"), "maxIterations")
  const runsCode = tools.filter(({ type }) => /toolCode$|executeCommandTool$/.test(type))
  return [
    ...declaredList(
      "tools",
      tools.map(({ type }) => type.slice(type.lastIndexOf(".") + 1)),
    ),
    ...declaredList(
      "codeExecution",
      runsCode.map(({ name }) => name),
    ),
    ...(typeof most === "number" ? [declared("iterations", String(most))] : []),
  ]
}

function startSettings({ nodes }: N8nWorkflow): readonly SettingSighting[] {
  const starts = nodes.filter(({ type }) => /Trigger$|\.webhook$/i.test(type))
  const asks = nodes.some(({ fields }) => field(mapAt(fields, "parameters"), "operation") === "sendAndWait")
  return [
    ...starts.map(({ type }) => declared("trigger", type.slice(type.lastIndexOf(".") + 1))),
    ...starts.filter(isPublic).map(({ name }) => declared("publicTrigger", name)),
    ...(asks ? [declared("approval", "a step that sends and waits")] : []),
  ]
}

function isPublic({ type, fields }: N8nNode): boolean {
  const parameters = mapAt(fields, "parameters")
  const authentication = asText(field(parameters, "authentication")) ?? "none"
  if (type.endsWith(".chatTrigger")) return field(parameters, "public") === true && authentication === "none"
  return /\.(?:webhook|formTrigger)$/.test(type) && authentication === "none"
}

function serverOf(
  { type, name, fields, path }: N8nNode,
  document: Document,
  reader: CredentialReader,
  file: DeclaredFile,
): readonly ServerSighting[] {
  const parameters = mapAt(fields, "parameters")
  const url = asText(field(parameters, "endpointUrl", "sseEndpoint", "serverUrl"))
  if (!type.endsWith(".mcpClientTool") || url === undefined) return []
  const transport = field(parameters, "serverTransport") === "sse" || field(parameters, "sseEndpoint") === url
  return file.servers([{ name, fields: { url, type: transport ? "sse" : "http" }, path }], document, reader)
}

/** The export names credentials; what they are is in the database of n8n. */
function readKeptCredentials({ fields, path }: N8nNode, document: Document, reader: CredentialReader): void {
  for (const [kind, says] of Object.entries(mapAt(fields, "credentials") ?? {})) {
    const id = asText(field(mapAt({ says }, "says"), "id", "name")) ?? kind
    reader.refer("helper", `n8n/${kind}/${id}`, document.lineOf([...path, "credentials", kind]))
  }
}
