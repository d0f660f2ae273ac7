import type { RiskScore } from "@tabard/core"
import type { ScanReport, SeenAgent } from "../report.ts"
import { riskOfSeen } from "../risk/seen-risk.ts"

/** An agent of a report, and its risk as far as a scan can tell. */
export interface ScoredAgent {
  readonly agent: SeenAgent
  readonly risk: RiskScore
}

/** Answers the agents of a report, the riskiest first; equals keep the order of the report. */
export function riskiestFirst(report: ScanReport): readonly ScoredAgent[] {
  const risks = riskOfSeen(report)
  return report.agents
    .flatMap((agent) => {
      const risk = risks.get(agent.key)
      return risk ? [{ agent, risk }] : []
    })
    .toSorted((a, b) => b.risk.score - a.risk.score)
}
