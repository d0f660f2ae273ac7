import { type Agent, type Id, Problem, type TierName } from "@tabard/core"
import { type CompiledManifest, compileManifest, readManifest } from "@tabard/intent"
import { compilePolicies, compileSchema, PolicyInvalid, type PolicyText } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type AssessStores, reassessAgents } from "../findings/reassess-agents.ts"
import { tiersInForce } from "../policies/tiers-in-force.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { pinnedTool } from "./policies-in-force.ts"
import type { PolicySet } from "./policy-store.ts"
import { putPolicies } from "./put-policies.ts"

export interface PutManifestDeps extends RecordContext {
  readonly transact: Transact<"outbox" | "servers" | keyof AssessStores>
}

/** A manifest in force and what it means. */
export interface ManifestInForce {
  readonly set: PolicySet
  readonly sentences: readonly string[]
}

/**
 * Puts an agent's manifest in force in place of the one before. It may not name another tier than the agent was adopted
 * for: a wider ceiling is a new adoption.
 *
 * @throws {Problem} agent_not_found, not_allowed, agent_state_conflict, manifest_invalid, policy_invalid
 */
export async function putManifest(
  deps: PutManifestDeps,
  by: Caller,
  { agent: id, text }: { agent: string; text: string },
): Promise<ManifestInForce> {
  return deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, agent.owner)
    const tier = tierOf(agent)
    const { policies, sentences, budgets } = await compileAgainstTools(tx, agent.id, { text, tier })

    const set = await putPolicies(deps, tx, {
      kind: "intent",
      subject: agent.id,
      author: by.id,
      policies,
      budgets,
      source: text,
    })
    await tx.organisation.bumpVersion()
    await reassessAgents(deps, tx, [agent.id])
    await recordEvent(deps, tx.outbox, {
      type: "manifest.put",
      actor: { kind: "user", id: by.id },
      agent: agent.id,
      owner: agent.owner,
      data: {
        policySet: set.id,
        version: set.version,
        policies: policies.length,
        sentences: [...sentences].slice(0, 50),
      },
    })
    return { set, sentences }
  })
}

/** Says again what a manifest in force means, against the tools as they are pinned now; nothing where it no longer compiles. */
export async function explainManifest(
  tx: Pick<Transaction, "policies" | "servers">,
  agent: Id<"agent">,
  text: string,
): Promise<readonly string[]> {
  try {
    return (await compileAgainstTools(tx, agent, { text })).sentences
  } catch (error) {
    if (error instanceof Problem) return [`This manifest no longer compiles: ${error.message}`]
    throw error
  }
}

function tierOf({ id, state, mandate }: Agent): TierName {
  if (!mandate || state === "retired" || state === "retiring") {
    throw new Problem("agent_state_conflict", `${id} is ${state}: only an adopted agent has a manifest`)
  }
  return mandate.tier
}

/**
 * Compiles a manifest against the tools as they are pinned now.
 *
 * @throws {Problem} manifest_invalid, policy_invalid
 */
export async function compileAgainstTools(
  tx: Pick<Transaction, "policies" | "servers">,
  agent: Id<"agent">,
  { text, tier }: { text: string; tier?: TierName },
): Promise<CompiledManifest> {
  const manifest = readManifest(text)
  if (tier !== undefined && manifest.tier !== tier) {
    throw new Problem(
      "manifest_invalid",
      `the agent was adopted for the tier ${tier}, and the manifest says ${manifest.tier}`,
    )
  }
  const tools = (await tx.servers.pinned()).map(pinnedTool)
  const servers = Object.fromEntries((await tx.servers.list()).map(({ name, id }) => [name, id]))
  const compiled = compileManifest({ agent, manifest, tools, servers, tiers: await tiersInForce(tx) })
  assertJudgeable(tools, compiled.policies)
  return compiled
}

function assertJudgeable(tools: Parameters<typeof compileSchema>[0], policies: readonly PolicyText[]): void {
  try {
    compilePolicies({ schema: compileSchema(tools), policies, version: 0 })
  } catch (error) {
    if (error instanceof PolicyInvalid) throw new Problem("policy_invalid", error.message, { cause: error })
    throw error
  }
}
