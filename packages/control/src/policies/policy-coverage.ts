import type { Agent, Id, ToolVersion } from "@tabard/core"
import { compilePolicies, compileSchema, readScopes, type ScopeVerdict } from "@tabard/policy"
import { UNKNOWN } from "../decisions/described-by.ts"
import { pinnedTool } from "../decisions/policies-in-force.ts"
import type { Transaction } from "../transaction.ts"
import { byHandOf } from "./own-address.ts"

/** What rules one agent, tool by tool: what is not named is under no permit at all. */
export interface AgentCoverage {
  readonly agent: Id<"agent">
  /** Whether a manifest binds it, and whether something was written by hand beside it. */
  readonly manifest: boolean
  readonly byHand: boolean
  readonly tools: readonly {
    readonly server: Id<"server">
    readonly tool: string
    readonly verdict: Exclude<ScopeVerdict, "nothing">
    /** The policies that speak on it. */
    readonly policies: readonly string[]
  }[]
}

type CoverageReads = Pick<Transaction, "policies" | "servers">

/** Answers which tools each of these agents could use, which it is asked about, which are kept from it, and by which policies. */
export async function coverageOf(
  tx: CoverageReads,
  organisation: string,
  agents: readonly Agent[],
): Promise<readonly AgentCoverage[]> {
  const sets = await tx.policies.concerning(agents.flatMap(({ id }) => [id, byHandOf(id)]))
  const subjects = new Set(sets.map(({ subject }) => subject))
  const pinned = await tx.servers.pinned()
  const schema = compileSchema(pinned.map(pinnedTool))
  const policies = sets.flatMap((set) => set.policies)
  const base = compilePolicies({ schema, policies, version: 0, invalid: "deny" })
  return agents.map(({ id, mandate }) => ({
    agent: id,
    manifest: subjects.has(id),
    byHand: subjects.has(byHandOf(id)),
    tools: pinned.flatMap((tool) => {
      const facts = { id, tier: mandate?.tier ?? "", category: UNKNOWN.category, risk: UNKNOWN.risk }
      const { verdict, policies: speaking } = readScopes(base, { organisation, agent: facts, tool })
      return verdict === "nothing"
        ? []
        : [{ server: tool.server, tool: tool.name, verdict, policies: speaking }]
    }),
  }))
}

/** Rules that rule nothing, and what no rule speaks of. */
export interface PolicyGaps {
  /** Active agents that no manifest binds: they may do nothing. */
  readonly agentsWithoutManifest: readonly Id<"agent">[]
  /** Reviewed tools that no agent's policies permit. */
  readonly toolsWithoutPermit: readonly { readonly server: Id<"server">; readonly tool: string }[]
  /** Policies of everybody that brought none of the newest decisions about. */
  readonly silentPolicies: readonly string[]
}

/** The most of each that is told. */
const MOST = 200

const MOST_DECISIONS = 1000

const PERMIT = /\bpermit\s*\(/

/** Answers what no rule speaks of, and which of everybody's rules decided nothing lately. */
export async function policyGaps(
  tx: Pick<Transaction, "agents" | "decisions"> & CoverageReads,
): Promise<PolicyGaps> {
  const intents = await tx.policies.beginning("intent", "agt_")
  const bound = new Set(intents.map(({ subject }) => subject))
  const active = await tx.agents.list({ state: "active", limit: 1000 })
  const newest = await tx.decisions.list({ limit: MOST_DECISIONS })
  const spoke = new Set(newest.flatMap(({ reasons }) => reasons))
  const everybodys = (await tx.policies.concerning([])).flatMap(({ policies }) => policies)
  const texts = intents
    .flatMap(({ policies }) => policies.map(({ text }) => text).filter((text) => PERMIT.test(text)))
    .join("\n")
  return {
    agentsWithoutManifest: active.flatMap(({ id }) => (bound.has(id) ? [] : [id])).slice(0, MOST),
    toolsWithoutPermit: (await tx.servers.pinned())
      .filter((tool) => !isNamed(texts, tool))
      .map(nameOf)
      .slice(0, MOST),
    silentPolicies: everybodys.flatMap(({ id }) => (spoke.has(id) ? [] : [id])).slice(0, MOST),
  }
}

/** Manifests and what is written by hand name each tool that they permit. */
function isNamed(texts: string, { server, name }: ToolVersion): boolean {
  return texts.includes(JSON.stringify(`${server}/${name}`))
}

function nameOf({ server, name }: ToolVersion): { readonly server: Id<"server">; readonly tool: string } {
  return { server, tool: name }
}
