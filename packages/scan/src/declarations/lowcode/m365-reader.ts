import type { ServerSighting, SettingSighting } from "../../configurations/observation.ts"
import type { Document } from "../../documents/document.ts"
import { asFields, asText, type Fields, field } from "../../documents/fields.ts"
import { parseDocument } from "../../documents/parse-document.ts"
import type { SourceAgent, SourceReader } from "../../sources/source-reader.ts"
import { declaredAgent } from "../declared-agent.ts"
import { DeclaredFile } from "../declared-file.ts"
import { declared, declaredList } from "../declared-settings.ts"
import { mapAt, nodesIn } from "../graph-nodes.ts"
import { endsInJson } from "../places.ts"

/** Reads declarative agents of Microsoft 365, and the MCP servers that their plugins call. */
export const m365Reader: SourceReader = {
  tellsTooLarge: false,
  wants: (path) => endsInJson(path),
  mayDeclare: (text) => /declarative-agent\/|"instructions"/.test(text) || text.includes("RemoteMCPServer"),
  async read(source, context) {
    const file = new DeclaredFile(source, context)
    const document = parseDocument(source.text, "json", context.limits.nesting)
    const root = asFields(document.value) ?? {}
    const servers = serversOf(root, document, file)
    return file.read(isDeclarative(root) ? [agentOf(root, document)] : [], servers, [document])
  },
}

/** The schema says so; without one an agent has a version, a name and instructions, and something that only it has. */
function isDeclarative(root: Fields): boolean {
  if (field(root, "properties") !== undefined && field(root, "type") === "object") return false
  const says = (name: string): boolean => asText(field(root, name)) !== undefined
  const schema = asText(field(root, "$schema")) ?? ""
  if (!says("name") || !says("instructions")) return false
  if (schema.includes("/declarative-agent/")) return true
  return (
    /^v1\.\d/.test(asText(field(root, "version")) ?? "") &&
    Array.isArray(field(root, "capabilities", "actions", "conversation_starters"))
  )
}

function agentOf(root: Fields, document: Document): SourceAgent {
  return declaredAgent({
    framework: "m365-declarative-agent",
    name: asText(field(root, "name")) ?? null,
    category: "chatbot",
    line: document.lineOf(["name"]),
    what: "declarative agent of Microsoft 365",
    settings: settingsOf(root),
  })
}

function settingsOf(root: Fields): readonly SettingSighting[] {
  const can = nodesIn(field(root, "capabilities"), []).flatMap(
    ({ fields }) => asText(field(fields, "name")) ?? [],
  )
  const actions = nodesIn(field(root, "actions"), []).flatMap(
    ({ fields }) => asText(field(fields, "id", "file")) ?? [],
  )
  return [
    ...declaredList("tools", [...can, ...actions]),
    ...(can.includes("WebSearch") ? [declared("web", "WebSearch")] : []),
    ...(can.includes("CodeInterpreter") ? [declared("codeExecution", "CodeInterpreter")] : []),
  ]
}

/** A plugin hands its calls to an MCP server over the network. */
function serversOf(root: Fields, document: Document, file: DeclaredFile): readonly ServerSighting[] {
  const runtimes = nodesIn(field(root, "runtimes"), ["runtimes"])
  const remote = runtimes.filter(({ fields }) => field(fields, "type") === "RemoteMCPServer")
  const name = asText(field(root, "namespace", "name_for_human")) ?? "plugin"
  const entries = remote.flatMap(({ fields, path }) => {
    const url = asText(field(mapAt(fields, "spec"), "url"))
    return url === undefined ? [] : [{ name, fields: { url, type: "http" }, path }]
  })
  return file.servers(entries, document, file.credentialReader())
}
