import { Problem, SHIPPED_TIERS, type Tiers } from "@tabard/core"
import {
  ApplicationInvalid,
  type CompiledApplication,
  compileApplication,
  compilePolicies,
  compileSchema,
  type PolicyBase,
  PolicyInvalid,
  type PolicyText,
} from "@tabard/policy"
import { compileManifest } from "../compile-manifest.ts"
import { guardRails } from "../guard-rails.ts"
import { defaultOffers, readOffers } from "../offered-guard-rails.ts"
import type { Registration } from "../pin-tool.ts"
import type { AgentDeclaration } from "../standards/declaration.ts"
import { agentId, offlineSource } from "../standards/offline-source.ts"
import type { Standards } from "../standards/standards.ts"
import type { ToolCatalogue } from "../standards/tool-catalogue.ts"
import { ceilingOf } from "../tiers.ts"
import { readForbids } from "../written/forbids.ts"
import { readHandWritten } from "../written/hand-written.ts"
import type { CaseSources } from "./policy-cases.ts"

/** What cases are asked of: everything that they name, compiled as it would be in force. */
export interface CaseWorld {
  readonly base: PolicyBase
  readonly tools: readonly Registration[]
  /** Servers by every name that a case may use. */
  readonly servers: Readonly<Record<string, Registration["server"]>>
  readonly agents: ReadonlyMap<string, AgentDeclaration>
  readonly application: CompiledApplication | null
}

/** What a world is made from. */
export interface CaseTerms {
  readonly agents: readonly AgentDeclaration[]
  readonly catalogue: ToolCatalogue
  readonly standards: Pick<Standards, "sets" | "tiers">
  readonly sources: CaseSources
}

/** The task of a case, and the person whom it serves: both allow everything, so that the case is about the rest. */
export const CASE_TASK = "tsk_case"

/** The person served in a case, who owns its agents. */
export const CASE_PERSON = "usr_case"

const WIDE: readonly PolicyText[] = [
  { id: CASE_TASK, text: `permit (principal == Tabard::Task::"${CASE_TASK}", action, resource);` },
  { id: CASE_PERSON, text: `permit (principal == Tabard::User::"${CASE_PERSON}", action, resource);` },
]

/**
 * Compiles all that cases are held against, in which whatever could not be put in force is refused.
 *
 * @throws {Problem} manifest_invalid, policy_invalid, tool_not_found
 */
export function caseWorld({ agents, catalogue, standards, sources }: CaseTerms): CaseWorld {
  const named = byName(agents)
  try {
    const tiers = tiersOf(standards)
    const tools = [...catalogue.servers.values()].flat()
    const schema = compileSchema(tools)
    const policies = [
      ...WIDE,
      ...guardRails(),
      ...readOffers(sources.offered ?? defaultOffers({ production: false })).policies,
      ...[...tiers.values()].flatMap(ceilingOf),
      // One document is `own`, as in force; further ones are told apart.
      ...sources.guardRails.flatMap((text, index) =>
        readForbids(text, index === 0 ? "own" : `own-${index + 1}`),
      ),
      ...agents.flatMap((agent) => manifestPolicies(agent, { catalogue, standards, tiers })),
      ...textsByHand(agents, sources).flatMap(([agent, text]) =>
        readHandWritten(offlineText(text, catalogue), agentId(agent)),
      ),
    ]
    return {
      base: compilePolicies({ schema, policies, version: 0 }),
      tools,
      servers: serversOf(catalogue),
      agents: named,
      application: sources.application && compileApplication({ name: "application", ...sources.application }),
    }
  } catch (error) {
    if (error instanceof PolicyInvalid || error instanceof ApplicationInvalid)
      throw new Problem("policy_invalid", error.message, { cause: error })
    throw error
  }
}

function tiersOf({ tiers }: Pick<Standards, "tiers">): Tiers {
  const own = Object.entries(tiers).map(([name, reaches]) => [name, { name, words: name, reaches }] as const)
  return new Map([...SHIPPED_TIERS, ...own])
}

function manifestPolicies(
  declaration: AgentDeclaration,
  { catalogue, standards, tiers }: Pick<CaseTerms, "catalogue" | "standards"> & { readonly tiers: Tiers },
): readonly PolicyText[] {
  try {
    return compileManifest({ ...offlineSource(declaration, catalogue, standards), tiers }).policies
  } catch (error) {
    if (error instanceof Problem)
      throw new Problem(error.code, `${declaration.file}: ${error.message}`, { cause: error })
    throw error
  }
}

/** What lies beside a manifest counts, unless the cases name another text for its agent. */
function textsByHand(
  agents: readonly AgentDeclaration[],
  { byHand }: CaseSources,
): readonly (readonly [agent: string, text: string])[] {
  const beside = agents.flatMap(({ agent, byHand: written }) =>
    written && !Object.hasOwn(byHand, agent) ? [[agent, written.text] as const] : [],
  )
  return [...beside, ...Object.entries(byHand)]
}

/** Where nothing is in force a server is called after its name, whatever id it will be known by. */
function offlineText(text: string, { names }: ToolCatalogue): string {
  return [...names].reduce(
    (said, [id, name]) => said.replaceAll(`"${id}/`, `"srv_${name}/`).replaceAll(`"${id}"`, `"srv_${name}"`),
    text,
  )
}

function serversOf({ servers, names }: ToolCatalogue): CaseWorld["servers"] {
  const known = [...[...servers.keys()].map((name) => [name, name] as const), ...names]
  return Object.fromEntries(known.map(([alias, name]) => [alias, `srv_${name}` as const]))
}

function byName(agents: readonly AgentDeclaration[]): ReadonlyMap<string, AgentDeclaration> {
  const named = new Map(agents.map((each) => [each.agent, each]))
  if (named.size === agents.length) return named
  throw new Problem("manifest_invalid", "two manifests are of one agent: name the one that is meant")
}
