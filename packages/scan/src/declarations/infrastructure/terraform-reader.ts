import type { ServerSighting } from "../../configurations/observation.ts"
import type { SourceAgent, SourceReader } from "../../sources/source-reader.ts"
import { declarationKnowledge, type KnownModule, type KnownResource } from "../declaration-knowledge.ts"
import { declaredAgent } from "../declared-agent.ts"
import { DeclaredFile } from "../declared-file.ts"
import { isIllustration } from "../places.ts"
import { type TerraformBlock, terraformBlocks } from "./terraform-blocks.ts"
import { bedrockSettings, blocksWithin, networkSettings } from "./terraform-settings.ts"

const ACTION_GROUP = "aws_bedrockagent_agent_action_group"
/** What arms an agent, by its id: with tools, with another agent, with a name by which it is called. */
const ARMS = [ACTION_GROUP, "aws_bedrockagent_agent_collaborator", "aws_bedrockagent_agent_alias"]
const GATEWAY_TARGET = "aws_bedrockagentcore_gateway_target"

/** Reads the agents that Terraform makes. */
export const terraformReader: SourceReader = {
  tellsTooLarge: false,
  wants: (path, beneath) => /\.(?:tf|tofu)$/i.test(path) && !isIllustration(beneath),
  mayDeclare: (text) => {
    const { resources, modules } = declarationKnowledge()
    const types = resources.flatMap(({ terraform }) => terraform)
    return [...types, ...modules.map(({ source }) => source), ...ARMS, GATEWAY_TARGET].some((word) =>
      text.includes(word),
    )
  },
  async read(source, context) {
    const file = new DeclaredFile(source, context)
    const blocks = terraformBlocks(source.text)
    const groups = ofType(blocks, ACTION_GROUP)
    const agents = [
      ...blocks.flatMap((block) => resourceAgent(block, groups)),
      ...agentsElsewhere(ARMS.flatMap((type) => ofType(blocks, type))),
      ...blocks.flatMap(moduleAgent),
    ]
    return file.read(agents, gatewayServers(blocks, file), [])
  },
}

function ofType(blocks: readonly TerraformBlock[], type: string): readonly TerraformBlock[] {
  return blocks.filter((block) => block.type === "resource" && block.labels[0] === type)
}

function resourceAgent(block: TerraformBlock, groups: readonly TerraformBlock[]): readonly SourceAgent[] {
  const [type = "", label = ""] = block.labels
  const known = declarationKnowledge().resources.find(({ terraform }) => terraform.includes(type))
  if (block.type !== "resource" || !known) return []
  const own = groups.filter(({ values }) => values.get("agent_id")?.includes(`${type}.${label}.`))
  return [
    declaredAgent({
      framework: known.framework,
      name: nameOf(block, known) ?? label,
      category: known.category,
      line: block.line,
      what: `${known.says}, made by Terraform`,
      settings: [...bedrockSettings(block, own), ...networkSettings(block)],
    }),
  ]
}

/** A name that is made up elsewhere says less than the resource's own. */
const MADE_UP = /^(?:var|local|module|data|each|random_\w+)\.[\w.[\]"]+$|^\w+\(/

function nameOf({ values }: TerraformBlock, { names }: Pick<KnownResource, "names">): string | undefined {
  const given = names.map((name) => values.get(name)).find((value) => value !== undefined && value !== "")
  return given === undefined || MADE_UP.test(given) ? undefined : given
}

/** Where an id comes from outside, the agent is made elsewhere, and its id is all that is known of it here. */
const FROM_OUTSIDE = /^(?:\$\{)?(?:var|module|data|local)\.|^[A-Z0-9]{10}$/

function agentsElsewhere(arms: readonly TerraformBlock[]): readonly SourceAgent[] {
  const byId = Map.groupBy(arms, ({ values }) => values.get("agent_id") ?? "")
  return [...byId].flatMap(([id, blocks]) => (FROM_OUTSIDE.test(id) ? agentElsewhere(id, blocks) : []))
}

function agentElsewhere(id: string, arms: readonly TerraformBlock[]): readonly SourceAgent[] {
  return arms.slice(0, 1).map((first) =>
    declaredAgent({
      framework: "bedrock-agents",
      name: /^[A-Z0-9$]/.test(id) ? id : `\${${id}}`,
      category: "production",
      line: first.line,
      what: "Terraform arms an agent of Amazon Bedrock that is made elsewhere",
      confidence: "medium",
      settings: bedrockSettings(first, arms),
    }),
  )
}

function moduleAgent(block: TerraformBlock): readonly SourceAgent[] {
  const source = block.values.get("source")
  const known = declarationKnowledge().modules.find((module) => module.source === source)
  if (block.type !== "module" || !known || !makesAgent(block, known)) return []
  return [
    declaredAgent({
      framework: known.framework,
      name: nameOf(block, known) ?? block.labels[0] ?? null,
      category: "production",
      line: block.line,
      what: known.says,
      confidence: "medium",
    }),
  ]
}

function makesAgent({ values }: TerraformBlock, { on, off }: KnownModule): boolean {
  if (on !== undefined) return values.get(on) === "true"
  return off === undefined || values.get(off) !== "false"
}

/** A target of a gateway may be an MCP server at an address. */
function gatewayServers(blocks: readonly TerraformBlock[], file: DeclaredFile): readonly ServerSighting[] {
  return ofType(blocks, GATEWAY_TARGET).flatMap((target) => {
    const url = blocksWithin(target, "mcp_server")
      .map(({ values }) => values.get("endpoint"))
      .find(Boolean)
    if (!url?.includes("://")) return []
    const name = target.values.get("name") ?? target.labels[1] ?? "target"
    const here = { value: undefined, lineOf: () => target.line }
    return file.servers([{ name, fields: { url, type: "http" }, path: [] }], here, file.credentialReader())
  })
}
