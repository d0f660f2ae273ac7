import type { RiskLine, RiskLinesView } from "@tabard/api"
import type { Transaction } from "@tabard/control"
import { isId } from "@tabard/core"

const DAY_MS = 86_400_000

/** For how long back a line tells, from the beginning of that day on. */
const DAYS = 60

/** Shows how the scores of agents changed lately; one that whoever asks may not see is left out. */
export async function riskLines(
  tx: Pick<Transaction, "agents" | "risks">,
  asked: readonly string[],
  now: Date,
): Promise<RiskLinesView> {
  const since = new Date((Math.floor(now.getTime() / DAY_MS) - DAYS) * DAY_MS)
  const agents = await tx.agents.findAll(asked.filter((id) => isId("agent", id)))
  const changes = await tx.risks.since(
    agents.map(({ id }) => id),
    since,
  )
  const lines = [...Map.groupBy(changes, ({ agent }) => agent)].map(([agent, own]) => ({
    agent,
    points: endsOfDays(own.map(({ at, score }) => ({ at: at < since ? since : at, score }))),
  }))
  return { since: since.toISOString(), lines }
}

/** One point a day: the score that it ended with. */
function endsOfDays(points: readonly { readonly at: Date; readonly score: number }[]): RiskLine["points"] {
  const days = new Map(points.map(({ at, score }) => [Math.floor(at.getTime() / DAY_MS), { at, score }]))
  return [...days.values()].map(({ at, score }) => ({ at: at.toISOString(), score }))
}
