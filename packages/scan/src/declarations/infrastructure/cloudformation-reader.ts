import type { ServerSighting, SettingSighting } from "../../configurations/observation.ts"
import type { Document } from "../../documents/document.ts"
import { asFields, asText, type Fields, field } from "../../documents/fields.ts"
import { parseDocument } from "../../documents/parse-document.ts"
import type { SourceAgent, SourceReader } from "../../sources/source-reader.ts"
import { declarationKnowledge } from "../declaration-knowledge.ts"
import { declaredAgent } from "../declared-agent.ts"
import { DeclaredFile } from "../declared-file.ts"
import { declared, declaredList } from "../declared-settings.ts"
import { mapAt, nodesIn } from "../graph-nodes.ts"
import { endsInJson, endsInYaml, isIllustration } from "../places.ts"
import { approvalSetting } from "./approval.ts"

const GATEWAY_TARGET = "AWS::BedrockAgentCore::GatewayTarget"

/** Reads the agents that CloudFormation makes, from YAML with its short tags or from JSON. */
export const cloudformationReader: SourceReader = {
  tellsTooLarge: false,
  wants: (path, beneath) =>
    (endsInYaml(path) || endsInJson(path) || /\.template$/i.test(path)) && !isIllustration(beneath),
  mayDeclare: (text) => /AWS::Bedrock(?:AgentCore)?::/.test(text),
  async read(source, context) {
    const file = new DeclaredFile(source, context)
    const isJson = source.text.trimStart().startsWith("{")
    const document = parseDocument(source.text, isJson ? "json" : "yaml", context.limits.nesting)
    const resources = Object.entries(mapAt(asFields(document.value), "Resources") ?? {}).flatMap(
      ([id, value]) => resourceOf(id, value),
    )
    const agents = resources.flatMap((resource) => agentOf(resource, document))
    return file.read(agents, serversOf(resources, document, file), [document])
  },
}

interface Resource {
  readonly id: string
  readonly type: string
  readonly properties: Fields
}

function resourceOf(id: string, value: unknown): readonly Resource[] {
  const fields = asFields(value)
  const type = asText(field(fields, "Type"))
  return type === undefined ? [] : [{ id, type, properties: mapAt(fields, "Properties") ?? {} }]
}

function agentOf({ id, type, properties }: Resource, document: Document): readonly SourceAgent[] {
  const known = declarationKnowledge().resources.find(({ cloudformation }) => cloudformation.includes(type))
  if (!known) return []
  return [
    declaredAgent({
      framework: known.framework,
      name: asText(field(properties, ...known.names)) ?? id,
      category: known.category,
      line: document.lineOf(["Resources", id]),
      what: `${known.says}, made by CloudFormation`,
      settings: settingsOf(properties),
    }),
  ]
}

function settingsOf(properties: Fields): readonly SettingSighting[] {
  const groups = nodesIn(field(properties, "ActionGroups"), []).map(({ fields }) => fields)
  const functions = groups.flatMap((group) => nodesIn(field(mapAt(group, "FunctionSchema"), "Functions"), []))
  const built = groups.flatMap((group) => asText(field(group, "ParentActionGroupSignature")) ?? [])
  const returns = groups.some(
    (group) => field(mapAt(group, "ActionGroupExecutor"), "CustomControl") === "RETURN_CONTROL",
  )
  const guardrail = asText(field(mapAt(properties, "GuardrailConfiguration"), "GuardrailIdentifier"))
  const network = asText(field(mapAt(properties, "NetworkConfiguration"), "NetworkMode"))
  return [
    ...declaredList(
      "tools",
      groups.flatMap((group) => asText(field(group, "ActionGroupName")) ?? []),
    ),
    ...declaredList("codeExecution", built),
    ...approvalSetting(
      functions.map(({ fields }) => field(fields, "RequireConfirmation") === "ENABLED"),
      returns,
    ),
    ...(guardrail === undefined ? [] : [declared("guardrail", guardrail)]),
    ...(network === undefined ? [] : [declared("network", network)]),
  ]
}

function serversOf(
  resources: readonly Resource[],
  document: Document,
  file: DeclaredFile,
): readonly ServerSighting[] {
  const targets = resources.filter(({ type }) => type === GATEWAY_TARGET)
  return targets.flatMap(({ id, properties }) => {
    const url = asText(field(mapAt(properties, "TargetConfiguration", "Mcp", "McpServer"), "Endpoint"))
    const name = asText(field(properties, "Name")) ?? id
    const path = ["Resources", id]
    if (!url?.includes("://")) return []
    return file.servers([{ name, fields: { url, type: "http" }, path }], document, file.credentialReader())
  })
}
