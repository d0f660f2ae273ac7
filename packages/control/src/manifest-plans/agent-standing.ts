import { type Agent, type Budget, delegates, findingStateAt, isOpen } from "@tabard/core"
import type { PolicyText } from "@tabard/policy"
import type { PolicySet } from "../decisions/policy-store.ts"
import { explainManifest } from "../decisions/put-manifest.ts"
import { byHandOf } from "../policies/own-address.ts"
import { type AgentCoverage, coverageOf } from "../policies/policy-coverage.ts"
import { explainRisk } from "../risk/explain-risk.ts"
import type { RiskReads } from "../risk/known-agent.ts"
import type { Transaction } from "../transaction.ts"
import type { Concerned, PlannedFinding, PlannedRisk } from "./manifest-plan.ts"
import { statedWords } from "./stated-words.ts"

/** The stores that an agent's standing is read from. */
export type StandingReads = RiskReads &
  Pick<Transaction, "delegations" | "findings" | "instances" | "maintainers" | "servers" | "tasks">

/** What an agent may do, and what follows from that, at one moment. */
export interface AgentStanding {
  /** Its manifest, as it was written. */
  readonly source: string | null
  readonly version: number | null
  readonly policies: readonly PolicyText[]
  readonly budgets: readonly Budget[]
  /** What it states beside the tools that it names, and what of those it gives, in words. */
  readonly stated: readonly string[]
  readonly gives: readonly string[]
  /** What is written by hand beside it. */
  readonly byHand: PolicySet | undefined
  readonly coverage: AgentCoverage["tools"]
  readonly risk: PlannedRisk
  readonly findings: readonly PlannedFinding[]
}

/** Reads what an agent may do, and what follows from that. */
export async function standingOf(
  tx: StandingReads,
  organisation: string,
  agent: Agent,
  now: Date,
): Promise<AgentStanding> {
  const set = await tx.policies.current("intent", agent.id)
  const source = set?.source ?? null
  const [coverage] = await coverageOf(tx, organisation, [agent])
  const open = (await tx.findings.of([agent.id])).filter((one) => findingStateAt(one, now) === "open")
  return {
    source,
    ...partsOf(set),
    stated: source === null ? [] : statedWords(source),
    gives: source === null ? [] : await explainManifest(tx, agent.id, source),
    byHand: await tx.policies.current("intent", byHandOf(agent.id)),
    coverage: coverage?.tools ?? [],
    risk: await plannedRisk(tx, agent),
    findings: open.map(({ rule, severity, message }) => ({ rule, severity, message })),
  }
}

function partsOf(set: PolicySet | undefined): Pick<AgentStanding, "version" | "policies" | "budgets"> {
  if (!set) return { version: null, policies: [], budgets: [] }
  const { version, policies, budgets = [] } = set
  return { version, policies, budgets }
}

/** Answers how risky an agent is now. */
export async function plannedRisk(tx: RiskReads, agent: Agent): Promise<PlannedRisk> {
  const { score, band, low, high, counterfactual } = await explainRisk(tx, agent)
  return { score, band, low, high, counterfactual }
}

/** As many open tasks, and delegations, as are told of one agent. */
const MOST_TOLD = 200

/** Answers whom a change of an agent's access matters to. */
export async function concernedBy(tx: StandingReads, { id, owner }: Agent, now: Date): Promise<Concerned> {
  const tasks = (await tx.tasks.of(id, MOST_TOLD)).filter((task) => isOpen(task, now))
  const installs = (await tx.instances.of(id)).filter(({ revokedAt }) => revokedAt === null)
  const delegations = await tx.delegations.list({ agent: id, limit: MOST_TOLD })
  const standing = delegations.filter((one) => delegates(one, now))
  return {
    owner,
    maintainers: (await tx.maintainers.of([id])).map(({ user }) => user),
    teams: (await tx.maintainers.teamsOf([id])).map(({ team }) => team),
    tasks: tasks.map((task) => ({ id: task.id, onBehalfOf: task.onBehalfOf })),
    installs: installs.length,
    actingForIt: standing.filter(({ from }) => from === id).map(({ to }) => to),
    actedFor: standing.filter(({ to }) => to === id).map(({ from }) => from),
  }
}
