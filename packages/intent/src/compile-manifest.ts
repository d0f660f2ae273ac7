import type { Budget } from "@tabard/core"
import { actionId, type PinnedTool, type PolicyText, quote } from "@tabard/policy"
import { askedWords, routesOf } from "./ask-routes.ts"
import { budgetsOf, budgetWords, type CountedTools } from "./budgets-of.ts"
import { FaultFinder } from "./fault-finder.ts"
import type { Ask, Manifest } from "./manifest.ts"
import { numbered, permitDoors, permitTool, permitWords } from "./permit.ts"
import { type ManifestFault, manifestFaulty } from "./reading/manifest-problem.ts"
import { type ManifestSource, toolsOf, type Use, usesOf } from "./uses.ts"

/** A manifest in force, and what it means in words. */
export interface CompiledManifest {
  readonly policies: readonly PolicyText[]
  readonly sentences: readonly string[]
  /** What is counted besides, and reserved before each call. */
  readonly budgets: readonly Budget[]
}

/** A manifest that was held against the tools there are: what it comes to, or every fault of it. */
export type VettedManifest =
  | { readonly compiled: CompiledManifest }
  | { readonly faults: readonly ManifestFault[] }

/**
 * Compiles an agent's manifest to policies. Anything that could not be judged later is refused now, in words.
 *
 * @throws {Problem} manifest_invalid
 */
export function compileManifest(source: ManifestSource): CompiledManifest {
  const vetted = vetManifest(source)
  if ("faults" in vetted) throw manifestFaulty(vetted.faults)
  return vetted.compiled
}

/** Compiles an agent's manifest to policies, or answers everything that keeps it from being compiled. */
export function vetManifest(source: ManifestSource): VettedManifest {
  const finder = new FaultFinder()
  const uses = usesOf(source, finder)
  const budgets = budgetsIn(source, finder)
  if (finder.faults.length > 0) return { faults: finder.faults }
  return {
    compiled: {
      policies: numbered(source.agent, textsOf(source, uses)),
      sentences: [
        ...uses.flatMap((use) => sentencesOf(use, source.manifest)),
        ...asksByEffect(source.manifest).map(([effect, ask]) => effectSentence(effect, ask)),
        ...budgets.map((budget) => `It may ${budgetWords(budget)}.`),
        ...endSentence(source.manifest),
      ],
      budgets,
    },
  }
}

function textsOf({ agent, manifest }: ManifestSource, uses: readonly Use[]): string[] {
  const principal = `Tabard::Agent::${quote(agent)}`
  return [
    permitDoors(principal, ending(manifest)),
    ...uses.flatMap((use) => [
      permitTool({ principal, ...use, ...standing(use, manifest) }),
      ...routesOf(use.ask).map((route) => askBefore(principal, use.tool, route)),
    ]),
    ...asksByEffect(manifest).flatMap(([effect, ask]) =>
      routesOf(ask).map((route) => askBeforeEffect(principal, effect, route)),
    ),
  ]
}

/** Each entry by itself, so that a fault has its place; then all together, since they are counted under their names. */
function budgetsIn(source: ManifestSource, finder: FaultFinder): readonly Budget[] {
  const { limits = {}, tools } = source.manifest
  const counted = tools.flatMap(({ limits: own, ...entry }, index): CountedTools[] => {
    const here = finder.at("tools", index, "limits")
    const named = own && new FaultFinder().try(() => toolsOf(source, entry))
    const part = named && { limits: own, entry, tools: named }
    return part && here.try(() => budgetsOf([part])) ? [part] : []
  })
  return finder.at("limits").try(() => budgetsOf([{ limits, entry: null, tools: [] }, ...counted])) ?? []
}

function standing(
  { around }: Use,
  manifest: Manifest,
): { readonly conditions: readonly string[]; readonly until: string } {
  const task = manifest.standing ? [] : [{ cedar: "context.session has task", words: "within a task" }]
  const all = [...task, ...around]
  return {
    conditions: [...all.map(({ cedar }) => cedar), ...ending(manifest)],
    until: all.map(({ words }) => words).join(", "),
  }
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Answers the moment at which a manifest ends by its own word: a day counts to its end, by UTC. */
export function endOf({ expires }: Pick<Manifest, "expires">): Date | undefined {
  if (expires === undefined) return undefined
  return expires.includes("T") ? new Date(expires) : new Date(Date.parse(expires) + DAY_MS)
}

function ending(manifest: Manifest): string[] {
  const end = endOf(manifest)
  return end ? [`context.session.now < datetime(${quote(end.toISOString())})`] : []
}

function endSentence({ expires }: Manifest): string[] {
  return expires === undefined ? [] : [`It may do nothing after ${expires}.`]
}

function asksByEffect({ ask = {} }: Manifest): (readonly [string, Ask])[] {
  return Object.entries(ask)
}

function askBefore(principal: string, tool: PinnedTool, route: string): string {
  return `@ask(${quote(route)}) @say(${quote(`the manifest asks before each ${tool.name}`)})
forbid (principal == ${principal}, action == Tabard::Action::${quote(actionId(tool))}, resource)
unless { context.session.approved.contains(${quote(route)}) };`
}

function askBeforeEffect(principal: string, effect: string, route: string): string {
  return `@ask(${quote(route)}) @say(${quote(`the manifest asks before whatever has the effect ${effect}`)})
forbid (principal == ${principal}, action in Tabard::Action::${quote(`effect:${effect}`)}, resource)
unless { context.session.approved.contains(${quote(route)}) };`
}

function effectSentence(effect: string, ask: Ask): string {
  return `It must ask ${askedWords(ask)} before whatever has the effect ${effect}.`
}

function sentencesOf(use: Use, manifest: Manifest): string[] {
  const may = `It may use ${permitWords(use.tool.name, use.limits, standing(use, manifest).until)}.`
  return use.ask ? [may, `It must ask ${askedWords(use.ask)} before each ${use.tool.name}.`] : [may]
}
