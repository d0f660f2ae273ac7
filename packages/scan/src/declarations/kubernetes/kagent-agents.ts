import type { ServerSighting, SettingSighting } from "../../configurations/observation.ts"
import { asFields, asText, asTexts, type Fields, field, fieldAt } from "../../documents/fields.ts"
import type { SourceAgent } from "../../sources/source-reader.ts"
import { declaredAgent } from "../declared-agent.ts"
import { declared, declaredList } from "../declared-settings.ts"
import type { Resource } from "./manifests.ts"

const AGENTS = new Set(["Agent", "SandboxAgent", "AgentHarness"])

/** Answers whether a resource of kagent is an agent; a definition of such resources is none. */
export function isKagentAgent({ kind }: Resource): boolean {
  return AGENTS.has(kind)
}

/** Answers the agent that a resource declares, with those of the file's servers that it uses. */
export function kagentAgent(resource: Resource, servers: readonly ServerSighting[]): SourceAgent {
  const { fields, document, path, name, kind } = resource
  const spec = asFields(field(fields, "spec")) ?? {}
  const tools = toolsOf(spec)
  const used = new Set(tools.map(({ server }) => server))
  return declaredAgent({
    framework: "kagent",
    name,
    category: "production",
    line: document.lineOf([...path, "kind"]),
    what: `${kind} of kagent`,
    settings: [...toolSettings(tools), ...runSettings(spec)],
    servers: servers.filter((server) => used.has(server.name)),
  })
}

interface Tool {
  readonly server: string | undefined
  readonly agent: string | undefined
  readonly names: readonly string[]
  readonly asked: readonly string[]
}

function toolsOf(spec: Fields): readonly Tool[] {
  const list = fieldAt(spec, ["declarative", "tools"]) ?? field(spec, "tools")
  return (Array.isArray(list) ? list : []).map((item: unknown) => toolOf(asFields(item)))
}

function toolOf(fields: Fields | undefined): Tool {
  const server = asFields(field(fields, "mcpServer"))
  const agent = asFields(field(fields, "agent"))
  return {
    server: asText(field(server, "name", "toolServer")),
    agent: asText(field(agent, "name", "ref")),
    names: asTexts(field(server, "toolNames")),
    asked: asTexts(field(server, "requireApproval")),
  }
}

function toolSettings(tools: readonly Tool[]): readonly SettingSighting[] {
  const named = tools.flatMap(({ server, names }) =>
    names.length > 0 ? names : server === undefined ? [] : [`all of ${server}`],
  )
  const asked = tools.flatMap((tool) => tool.asked)
  const agents = tools.flatMap(({ agent }) => agent ?? [])
  const isAskedForAll = asked.length > 0 && named.every((name) => asked.includes(name))
  const approval = isAskedForAll ? "required" : `required for ${asked.join(", ")}`
  return [
    ...declaredList("tools", named),
    ...(asked.length > 0 ? [declared("approval", approval, isAskedForAll ? "restricted" : "partial")] : []),
    ...declaredList("agents", agents),
  ]
}

function runSettings(spec: Fields): readonly SettingSighting[] {
  const image = asText(fieldAt(spec, ["byo", "deployment", "image"]))
  const runsCode =
    fieldAt(spec, ["declarative", "executeCodeBlocks"]) === true || field(spec, "executeCodeBlocks") === true
  return [
    ...(image === undefined ? [] : [declared("image", image)]),
    ...(runsCode ? [declared("codeExecution", "code blocks of its answers", "broad")] : []),
  ]
}
