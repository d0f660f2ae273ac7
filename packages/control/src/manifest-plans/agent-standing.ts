import { type Agent, delegates, findingStateAt, isOpen } from "@tabard/core"
import type { PolicyText } from "@tabard/policy"
import { explainManifest } from "../decisions/put-manifest.ts"
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
  /** What that means in words. */
  readonly sentences: readonly string[]
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
  const { score, band, low, high, counterfactual } = await explainRisk(tx, agent)
  const open = (await tx.findings.of([agent.id])).filter((one) => findingStateAt(one, now) === "open")
  return {
    source,
    version: set?.version ?? null,
    policies: set?.policies ?? [],
    sentences:
      source === null ? [] : [...statedWords(source), ...(await explainManifest(tx, agent.id, source))],
    coverage: coverage?.tools ?? [],
    risk: { score, band, low, high, counterfactual },
    findings: open.map(({ rule, severity, message }) => ({ rule, severity, message })),
  }
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
