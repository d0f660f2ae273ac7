import { type Agent, Problem } from "@tabard/core"
import { isKeptElsewhere, type PutManifestDeps, putManifestIn } from "../decisions/put-manifest.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { type AgentStanding, concernedBy, type StandingReads, standingOf } from "./agent-standing.ts"
import { compareStanding } from "./compare-standing.ts"
import type { AgentPlan, ManifestDraft, ManifestPlan } from "./manifest-plan.ts"
import { planDigest } from "./plan-digest.ts"
import { withoutKeeping } from "./without-keeping.ts"

/** The stores that planning touches, and what of them it keeps when a plan is applied. */
type PlanStores = Parameters<Parameters<PutManifestDeps["transact"]>[0]>[0] & StandingReads

export interface PlanManifestsDeps extends Omit<PutManifestDeps, "transact"> {
  readonly transact: Transact<keyof PlanStores & keyof Transaction>
}

/** The most manifests of one plan. */
export const MOST_PLANNED = 50

/**
 * Answers what some manifests would change of what their agents may do, to whom it matters and what follows. It does what applying
 * does, and keeps nothing of it.
 *
 * @throws {Problem} agent_not_found, not_allowed, agent_state_conflict, manifest_invalid, policy_invalid, body_invalid
 */
export async function planManifests(
  deps: PlanManifestsDeps,
  by: Caller,
  drafts: readonly ManifestDraft[],
): Promise<ManifestPlan> {
  return withoutKeeping(deps.transact, (tx) => carriedOut(deps, tx, by, drafts))
}

/**
 * Puts in force exactly what was planned, all of it or nothing: where anything that the plan says is otherwise by now, it is refused. What
 * is in force already stays as it is, so that asking again changes nothing.
 *
 * @throws {Problem} plan_changed, and those of planManifests
 */
export async function applyPlan(
  deps: PlanManifestsDeps,
  by: Caller,
  { drafts, digest }: { readonly drafts: readonly ManifestDraft[]; readonly digest: string },
): Promise<ManifestPlan> {
  return deps.transact(async (tx) => {
    const plan = await carriedOut(deps, tx, by, drafts)
    if (plan.changes === 0 || plan.digest === digest) return plan
    throw new Problem(
      "plan_changed",
      "this is not the plan that was seen: what is in force, or what follows from it, changed since; plan again and look at what it says now",
    )
  })
}

async function carriedOut(
  deps: PlanManifestsDeps,
  tx: PlanStores,
  by: Caller,
  drafts: readonly ManifestDraft[],
): Promise<ManifestPlan> {
  const agents = await agentsOf(tx, by, drafts)
  const now = deps.clock.now()
  const before: AgentStanding[] = []
  for (const agent of agents) before.push(await standingOf(tx, deps.organisation.id, agent, now))
  for (const [index, draft] of drafts.entries())
    if (before[index]?.source !== draft.text || (await isKeptElsewhere(tx, draft)))
      await putManifestIn(deps, tx, by, draft)
  const plans: AgentPlan[] = []
  for (const [index, agent] of agents.entries()) {
    const was = before[index]
    if (!was) continue
    const is = await standingOf(tx, deps.organisation.id, agent, now)
    plans.push({ ...compareStanding(agent, was, is), concerned: await concernedBy(tx, agent, now) })
  }
  return {
    digest: planDigest(drafts, plans),
    changes: plans.filter(({ change }) => change !== "same").length,
    agents: plans,
  }
}

async function agentsOf(
  tx: PlanStores,
  by: Caller,
  drafts: readonly ManifestDraft[],
): Promise<readonly Agent[]> {
  if (drafts.length > MOST_PLANNED)
    throw new Problem("body_invalid", `one plan is of ${MOST_PLANNED} manifests at most: plan them in parts`)
  const agents: Agent[] = []
  for (const { agent: id } of drafts) {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, agent.owner)
    if (agents.some((one) => one.id === agent.id))
      throw new Problem("body_invalid", `two manifests are of ${agent.id}: name the one that is meant`)
    agents.push(agent)
  }
  return agents
}
