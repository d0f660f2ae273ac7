import type { OverviewView } from "@tabard/api"
import type { Transaction } from "@tabard/control"
import { type Severity, shadowSince } from "@tabard/core"
import { type FindingReads, findingViews } from "./finding-views.ts"

/** What the overview counts of everything that there is. */
export type StandingCounts = Pick<
  OverviewView,
  | "agentsByState"
  | "agentsByCategory"
  | "orphaned"
  | "shadow"
  | "plaintextCredentials"
  | "findingsBySeverity"
  | "worstFindings"
>

/** How many of the findings it tells, the worst first. */
const WORST = 5

/** Counts how the agents and findings that a caller sees stand now. */
export async function standingCounts(tx: Transaction, now: Date): Promise<StandingCounts> {
  const { graceDays } = await tx.organisation.settings()
  return {
    agentsByState: await tx.agents.countByState(),
    orphaned: await tx.agents.countOrphaned(),
    shadow: await tx.agents.countDiscoveredBy(shadowSince(graceDays, now)),
    agentsByCategory: await tx.agents.countByCategory(),
    plaintextCredentials: await tx.observations.countPlaintextCredentials(),
    ...(await findingsOf(tx, now)),
  }
}

async function findingsOf(
  tx: FindingReads,
  now: Date,
): Promise<Pick<OverviewView, "findingsBySeverity" | "worstFindings">> {
  const findingsBySeverity: Partial<Record<Severity, number>> = {}
  for (const { severity, state, findings } of await tx.findings.count(now))
    if (state === "open") findingsBySeverity[severity] = (findingsBySeverity[severity] ?? 0) + findings
  const worst = await tx.findings.list({ now, states: ["open"], limit: WORST })
  return { findingsBySeverity, worstFindings: await findingViews(tx, worst, now) }
}
