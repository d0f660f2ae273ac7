import { type Agent, effectiveFacts, type Id } from "@tabard/core"
import { compilePolicies, compileSchema, readScopes, type ScopeVerdict } from "@tabard/policy"
import { environmentIn, UNKNOWN } from "../decisions/described-by.ts"
import { offeredWhere } from "../decisions/guard-rails-left.ts"
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

type CoverageReads = Pick<Transaction, "facts" | "policies" | "servers">

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
  const environments = await environmentsOf(tx, agents)
  const offered = await offeredWhere(tx)
  return agents.map(({ id, mandate }) => ({
    agent: id,
    manifest: subjects.has(id),
    byHand: subjects.has(byHandOf(id)),
    tools: pinned.flatMap((tool) => {
      const facts = { id, tier: mandate?.tier ?? "", category: UNKNOWN.category, risk: UNKNOWN.risk }
      const { verdict, policies: all } = readScopes(base, { organisation, agent: facts, tool })
      const environment = environments.get(id) ?? UNKNOWN.environment
      const speaking = all.filter((policy) => offered.get(policy)?.includes(environment) ?? true)
      return verdict === "nothing"
        ? []
        : [{ server: tool.server, tool: tool.name, verdict, policies: speaking }]
    }),
  }))
}

/** Where each of the agents acts. */
async function environmentsOf(
  { facts }: Pick<Transaction, "facts">,
  agents: readonly Agent[],
): Promise<ReadonlyMap<string, string>> {
  const known = Map.groupBy(await facts.of(agents.map(({ id }) => id)), ({ subject }) => subject)
  return new Map(agents.map(({ id }) => [id, environmentIn(effectiveFacts(known.get(id) ?? []))]))
}
