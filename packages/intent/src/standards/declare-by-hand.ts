import { EFFECT_CLASSES } from "@tabard/core"
import {
  compilePolicies,
  compileSchema,
  entitiesNamed,
  PolicyInvalid,
  type WrittenPolicy,
  within,
} from "@tabard/policy"
import { effectsOf } from "../effects-of.ts"
import type { Registration } from "../pin-tool.ts"
import { readHandWritten } from "../written/hand-written.ts"
import type { DeclaredUse, WrittenBeside } from "./declaration.ts"
import { agentId } from "./offline-source.ts"
import type { ToolCatalogue } from "./tool-catalogue.ts"

/** A text that lies beside a manifest. */
export interface TextBeside {
  readonly file: string
  readonly text: string
}

/** As what a permit counts that names no single tool: it may reach whatever there is. */
export const ANYTHING = "*"

/**
 * Answers what a text beside a manifest comes to, as far as its tools are known.
 *
 * @throws {PolicyInvalid} with line and column
 */
export function declareByHand(
  { file, text }: TextBeside,
  agent: string,
  catalogue: ToolCatalogue,
): WrittenBeside {
  const policies = readHandWritten(text, agentId(agent))
  const undefinedTools = judgeKnown(policies, catalogue)
  const uses = policies.flatMap((policy) => (policy.effect === "permit" ? [useOf(policy, catalogue)] : []))
  return { file, text, policies, uses, undefinedTools }
}

/**
 * Holds policies against the tools that are known, and answers those that they name and nobody defined: a policy that names one of them is
 * not judged.
 *
 * @throws {PolicyInvalid} with line and column
 */
export function judgeKnown(policies: readonly WrittenPolicy[], catalogue: ToolCatalogue): readonly string[] {
  const tools = everySpelling(catalogue)
  const judged = policies.filter((policy) => toolsNamed([policy]).every((action) => isDefined(action, tools)))
  assertJudgeable(judged, tools)
  return toolsNamed(policies).filter((action) => !isDefined(action, tools))
}

/** A server is named by its id in what will be in force, and by its name in files that know no id. */
function everySpelling({ servers, names }: ToolCatalogue): readonly Registration[] {
  const byName = [...servers.values()].flat()
  const byId = [...names].flatMap(([id, name]) =>
    isServerId(id) ? (servers.get(name) ?? []).map((tool) => ({ ...tool, server: id })) : [],
  )
  return [...byName, ...byId.filter((tool) => !isDefined(`${tool.server}/${tool.name}`, byName))]
}

function isServerId(id: string): id is Registration["server"] {
  return id.startsWith("srv_")
}

/** Answers the tools that policies name, as `srv_…/tool`. */
function toolsNamed(policies: readonly WrittenPolicy[]): readonly string[] {
  const ids = policies.flatMap(({ json }) => entitiesNamed(json))
  const actions = ids.filter(({ type, id }) => type === "Tabard::Action" && id.includes("/"))
  return [...new Set(actions.map(({ id }) => id))]
}

function isDefined(action: string, tools: readonly Registration[]): boolean {
  return tools.some(({ server, name }) => `${server}/${name}` === action)
}

function assertJudgeable(written: readonly WrittenPolicy[], tools: readonly Registration[]): void {
  const policies = written.map(({ id, text }) => ({ id, text }))
  try {
    compilePolicies({ schema: compileSchema(tools), policies, version: 0 })
  } catch (error) {
    const wrong = error instanceof PolicyInvalid && written.find(({ id }) => id === error.policy)
    throw wrong ? within(error, wrong.id, wrong.position) : error
  }
}

/** What no limit of a manifest bounds counts as the worst that its scope allows. */
function useOf({ json }: WrittenPolicy, { servers, names }: ToolCatalogue): DeclaredUse {
  const { action } = json
  const named = action.op === "==" && "entity" in action ? action.entity : undefined
  const id = named !== undefined && "id" in named ? named.id : ""
  const slash = id.indexOf("/")
  if (slash < 0)
    return { ...WORST, entry: { server: ANYTHING, tool: ANYTHING }, server: ANYTHING, tools: null }
  const [spelt, tool] = [id.slice(0, slash), id.slice(slash + 1)]
  const server = names.get(spelt) ?? spelt.replace(/^srv_/, "")
  const known = servers.get(server)?.find(({ name }) => name === tool)
  const effects = known?.effects ?? effectsOf({ name: tool })
  return { ...WORST, entry: { server, tool }, server, tools: [tool], effects, isDefined: known !== undefined }
}

const WORST: Pick<DeclaredUse, "index" | "effects" | "isDefined"> = {
  index: -1,
  effects: EFFECT_CLASSES,
  isDefined: true,
}
