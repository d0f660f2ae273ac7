import { type Agent, Problem } from "@tabard/core"
import { isKeptElsewhere, type PutManifestDeps, putManifestIn } from "../decisions/put-manifest.ts"
import type { OwnPolicyStore } from "../policies/put-own-policies.ts"
import { assertAnswersFor, type Caller, isSteward } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { affectedOf, lookedAgents } from "./affected-agents.ts"
import { type AgentStanding, concernedBy, type StandingReads, standingOf } from "./agent-standing.ts"
import { compareStanding } from "./compare-standing.ts"
import type { DocumentPlan } from "./document-plan.ts"
import type { AgentPlan, ManifestDraft, ManifestPlan, PlanWish } from "./manifest-plan.ts"
import { planDigest } from "./plan-digest.ts"
import { putDocumentsIn, putWhereOther } from "./plan-documents.ts"
import { unfiledManifests } from "./unfiled-manifests.ts"
import { withoutKeeping } from "./without-keeping.ts"

/** The stores that planning touches, and what of them it keeps when a plan is applied. */
type PlanStores = Parameters<Parameters<PutManifestDeps["transact"]>[0]>[0] &
  StandingReads &
  Pick<Transaction, OwnPolicyStore>

export interface PlanManifestsDeps extends Omit<PutManifestDeps, "transact"> {
  readonly transact: Transact<keyof PlanStores & keyof Transaction>
}

/** The most manifests of one plan. */
export const MOST_PLANNED = 50

/**
 * Answers what manifests, and documents of the organisation's own, would change of what agents may do, to whom it matters and what
 * follows. It does what applying does, and keeps nothing of it.
 *
 * @throws {Problem} agent_not_found, not_allowed, agent_state_conflict, manifest_invalid, policy_invalid, body_invalid
 */
export async function planManifests(
  deps: PlanManifestsDeps,
  by: Caller,
  wish: PlanWish,
): Promise<ManifestPlan> {
  return withoutKeeping(deps.transact, (tx) => carriedOut(deps, tx, by, wish))
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
  { digest, ...wish }: PlanWish & { readonly digest: string },
): Promise<ManifestPlan> {
  return deps.transact(async (tx) => {
    const plan = await carriedOut(deps, tx, by, wish)
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
  wish: PlanWish,
): Promise<ManifestPlan> {
  assertMayWish(by, wish)
  const organisation = deps.organisation.id
  const agents = await agentsOf(tx, by, wish.drafts)
  const ids = agents.map(({ id }) => id)
  const looked = wish.documents ? await lookedAgents(tx, organisation, ids) : []
  const before = await standingsOf(deps, tx, agents)
  const documents = await putDocuments(deps, tx, by, wish)
  for (const [index, draft] of wish.drafts.entries())
    await putDraft(deps, tx, by, { draft, before: before[index], prune: wish.prune ?? false })
  const plans = await plansOf(deps, tx, before, wish.drafts)
  const affected = await affectedOf(tx, organisation, looked)
  const told = { agents: plans, documents, affected, unfiled: await unfiledManifests(tx, wish.drafts) }
  return { digest: planDigest(wish, told), changes: changesIn(told), ...told, looked: looked.length }
}

function assertMayWish(by: Caller, { documents }: PlanWish): void {
  if (documents && !isSteward(by))
    throw new Problem("not_allowed", "only security and administrators write what rules every agent")
}

/** An agent, and how it stood. */
interface Stood {
  readonly agent: Agent
  readonly standing: AgentStanding
}

async function standingsOf(
  { organisation, clock }: PlanManifestsDeps,
  tx: PlanStores,
  agents: readonly Agent[],
): Promise<readonly Stood[]> {
  const stood: Stood[] = []
  for (const agent of agents)
    stood.push({ agent, standing: await standingOf(tx, organisation.id, agent, clock.now()) })
  return stood
}

async function putDocuments(
  deps: PlanManifestsDeps,
  tx: PlanStores,
  by: Caller,
  { documents, prune = false }: PlanWish,
): Promise<readonly DocumentPlan[]> {
  return documents ? putDocumentsIn(deps, tx, by, { drafts: documents, prune }) : []
}

async function plansOf(
  deps: PlanManifestsDeps,
  tx: PlanStores,
  before: readonly Stood[],
  drafts: readonly ManifestDraft[],
): Promise<readonly AgentPlan[]> {
  const { organisation, clock } = deps
  const plans: AgentPlan[] = []
  for (const [index, { agent, standing }] of before.entries()) {
    const after = await standingOf(tx, organisation.id, agent, clock.now())
    const compared = compareStanding(agent, standing, after)
    const byHand = unfiledWhere(drafts[index]?.byHand === null, compared.byHand)
    plans.push({ ...compared, byHand, concerned: await concernedBy(tx, agent, clock.now()) })
  }
  return plans
}

function unfiledWhere(isInNoFile: boolean, byHand: AgentPlan["byHand"]): AgentPlan["byHand"] {
  return isInNoFile && byHand.change === "same" ? { ...byHand, change: "unfiled" } : byHand
}

/** A manifest that is in force word for word is not put again; what is by hand likewise. */
async function putDraft(
  deps: PlanManifestsDeps,
  tx: PlanStores,
  by: Caller,
  {
    draft,
    before,
    prune,
  }: { readonly draft: ManifestDraft; readonly before: Stood | undefined; readonly prune: boolean },
): Promise<void> {
  const { agent, byHand } = draft
  if (before?.standing.source !== draft.text || (await isKeptElsewhere(tx, draft)))
    await putManifestIn(deps, tx, by, draft)
  const source = byHand ?? (byHand === null && prune ? "" : undefined)
  if (source === undefined) return
  const { id: subject } = await findAgent(tx.agents, agent)
  await putWhereOther(deps, tx, by, { address: { kind: "hand", subject }, source })
}

const STANDS: ReadonlySet<string> = new Set(["same", "none", "unfiled"])

function changesIn({ agents, documents }: Pick<ManifestPlan, "agents" | "documents">): number {
  const others = agents.filter(({ change, byHand }) => !STANDS.has(change) || !STANDS.has(byHand.change))
  return others.length + documents.filter(({ change }) => !STANDS.has(change)).length
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
