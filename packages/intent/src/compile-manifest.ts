import { type Budget, beyondTier, type Id, Problem, SHIPPED_TIERS, type Tiers } from "@tabard/core"
import { actionId, type PinnedTool, type PolicyText, quote } from "@tabard/policy"
import { budgetsOf, budgetWords } from "./budgets-of.ts"
import { type Condition, limitCondition } from "./limit-condition.ts"
import type { Manifest, ManifestTool } from "./manifest.ts"
import { numbered, permitDoors, permitTool, permitWords } from "./permit.ts"

/** What a manifest is compiled against. */
export interface ManifestSource {
  readonly agent: Id<"agent">
  readonly manifest: Manifest
  /** Every tool that has been reviewed. */
  readonly tools: readonly PinnedTool[]
  /** Servers by the name that a manifest may use for them. */
  readonly servers?: Readonly<Record<string, Id<"server">>>
  /** The organisation's tiers; those that ship where it has no others. */
  readonly tiers?: Tiers
}

/** A manifest in force, and what it means in words. */
export interface CompiledManifest {
  readonly policies: readonly PolicyText[]
  readonly sentences: readonly string[]
  /** What is counted besides, and reserved before each call. */
  readonly budgets: readonly Budget[]
}

/**
 * Compiles an agent's manifest to policies. Anything that could not be judged later is refused now, in words.
 *
 * @throws {Problem} manifest_invalid
 */
export function compileManifest(source: ManifestSource): CompiledManifest {
  assertInForce(source.manifest)
  const uses = source.manifest.tools.flatMap((entry) => usesOf(source, entry))
  const principal = `Tabard::Agent::${quote(source.agent)}`
  const texts = uses.flatMap((use) => [
    permitTool({ principal, ...use, ...standing(source.manifest) }),
    ...(use.ask ? [askBefore(principal, use.tool, use.ask)] : []),
  ])
  const budgets = budgetsIn(source)
  return {
    policies: numbered(source.agent, [permitDoors(principal, []), ...texts]),
    sentences: [
      ...uses.flatMap((use) => sentencesOf(use, source.manifest)),
      ...budgets.map((budget) => `It may ${budgetWords(budget)}.`),
    ],
    budgets,
  }
}

function budgetsIn(source: ManifestSource): Budget[] {
  const { limits = {}, tools } = source.manifest
  return budgetsOf([
    { limits, entry: null, tools: [] },
    ...tools.flatMap(({ limits: own, ...entry }) =>
      own ? [{ limits: own, entry, tools: toolsOf(source, entry) }] : [],
    ),
  ])
}

/** A bound that nothing holds an agent to would be one in name only. */
function assertInForce(manifest: Manifest): void {
  const bound = [manifest, ...manifest.tools].flatMap((part) =>
    (["conditions", "resources", "identity"] as const).filter((name) => name in part),
  )
  const [first] = manifest.ask ? ["ask"] : bound
  if (first) throw new Problem("manifest_invalid", `${first} cannot be held to yet: leave it out`)
}

/** One tool with its limits. */
interface Use {
  readonly tool: PinnedTool
  readonly limits: readonly Condition[]
  readonly ask: string | undefined
}

function usesOf(source: ManifestSource, entry: ManifestTool): Use[] {
  const ceiling = beyondTier((source.tiers ?? SHIPPED_TIERS).get(source.manifest.tier))
  return toolsOf(source, entry).map((tool) => {
    const beyond = ceiling.find((effect) => tool.effects.includes(effect))
    if (beyond) {
      throw new Problem(
        "manifest_invalid",
        `${tool.name} has the effect ${beyond}, which the tier ${source.manifest.tier} excludes`,
      )
    }
    const limits = Object.entries(entry.arguments ?? {}).map(([name, limit]) =>
      limitCondition(tool, name, limit),
    )
    return { tool, limits, ask: entry.ask }
  })
}

function toolsOf({ tools, servers = {} }: ManifestSource, { server, tool }: ManifestTool): PinnedTool[] {
  const id = Object.hasOwn(servers, server) ? servers[server] : server
  const reviewed = tools.filter((each) => each.server === id)
  if (reviewed.length === 0)
    throw new Problem("manifest_invalid", `the server ${server} has no reviewed tools`)
  const chosen = reviewed.filter((each) => each.name === tool || isOnly(each, tool))
  if (chosen.length === 0) {
    const names = reviewed.map(({ name }) => name).join(", ")
    throw new Problem(
      "manifest_invalid",
      `the server ${server} has no reviewed tool ${tool}; it has ${names}`,
    )
  }
  return chosen
}

/** `effect:read` means tools that read and do nothing else; a tool that also deletes has to be named. */
function isOnly({ effects }: PinnedTool, pattern: string): boolean {
  return effects.length > 0 && effects.every((effect) => pattern === `effect:${effect}`)
}

function standing({ standing: always }: Manifest): { conditions: string[]; until: string } {
  return always
    ? { conditions: [], until: "" }
    : { conditions: ["context.session has task"], until: "within a task" }
}

function askBefore(principal: string, tool: PinnedTool, route: string): string {
  return `@ask(${quote(route)}) @say(${quote(`the manifest asks before each ${tool.name}`)})
forbid (principal == ${principal}, action == Tabard::Action::${quote(actionId(tool))}, resource)
unless { context.session.approved.contains(${quote(route)}) };`
}

function sentencesOf({ tool, limits, ask }: Use, manifest: Manifest): string[] {
  const may = `It may use ${permitWords(tool.name, limits, standing(manifest).until)}.`
  return ask ? [may, `It must ask its ${ask} before each ${tool.name}.`] : [may]
}
