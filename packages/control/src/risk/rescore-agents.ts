import { type Agent, type AgentState, type Id, riskBand, scoreRisk } from "@tabard/core"
import { riskFactsOf } from "@tabard/scan"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvents } from "../audit/event/record-event.ts"
import type { Transaction } from "../transaction.ts"
import { type KnownAgent, knownAgents, type RiskReads } from "./known-agent.ts"
import type { KeptRisk } from "./risk-store.ts"

/** The stores that scoring touches. */
export type RiskStores = RiskReads & Pick<Transaction, "agents" | "organisation" | "outbox" | "risks">

/** The states in which an agent has no risk to follow: it is none, or none any more. */
export const NOT_SCORED: readonly AgentState[] = ["dismissed", "retired"]

/**
 * Scores agents whose facts changed, in the transaction that changed them, and keeps a score where it is another than
 * the last. Decisions look at it, so a new score is a new version of their inputs.
 */
export async function rescoreAgents(
  deps: RecordContext,
  tx: RiskStores,
  ids: readonly Id<"agent">[],
): Promise<void> {
  const agents = (await tx.agents.findAll([...new Set(ids)])).filter(isScored)
  await rescoreKnown(deps, tx, await knownAgents(tx, agents))
}

/** Scores agents from what is known of them now; those that have ended have no risk to follow. */
export async function rescoreKnown(
  deps: RecordContext,
  tx: Pick<RiskStores, "organisation" | "outbox" | "risks">,
  known: readonly KnownAgent[],
): Promise<void> {
  const living = known.filter(({ agent }) => isScored(agent))
  const latest = await tx.risks.latest(living.map(({ agent }) => agent.id))
  const changed: KeptRisk[] = []
  for (const one of living) {
    const { id } = one.agent
    const { score, low, high, access, autonomy } = scoreRisk(riskFactsOf(one))
    const now = { score, low, high, sides: { access: asKept(access), autonomy: asKept(autonomy) } }
    if (isSame(latest.get(id), now)) continue
    changed.push({ agent: id, at: deps.clock.now(), ...now })
  }
  await tx.risks.putAll(changed)
  await recordBands(deps, tx, latest, changed)
  if (changed.length > 0) await tx.organisation.bumpVersion()
}

/** A first score is no change; one that stays in its band concerns nobody but who looks at the number. */
async function recordBands(
  deps: RecordContext,
  { outbox }: Pick<RiskStores, "outbox">,
  before: ReadonlyMap<Id<"agent">, KeptRisk>,
  changed: readonly KeptRisk[],
): Promise<void> {
  const moved = changed.flatMap(({ agent, score }) => {
    const was = before.get(agent)
    const bands = was && { band: riskBand(score), before: riskBand(was.score) }
    if (!bands || bands.band === bands.before) return []
    const actor = { kind: "system", id: "risk" } as const
    return [{ type: "agent.risk-changed", actor, agent, data: { ...bands, score } } as const]
  })
  if (moved.length > 0) await recordEvents(deps, outbox, moved)
}

/** Sides are kept to the hundredth: told finer, a score that stayed the same would look like another each time. */
function asKept(side: number): number {
  return Math.round(side * 100) / 100
}

/** Answers whether an agent in this state is scored. */
export function isScored({ state }: Pick<Agent, "state">): boolean {
  return !NOT_SCORED.includes(state)
}

type Numbers = Pick<KeptRisk, "score" | "low" | "high" | "sides">

function isSame(last: Numbers | undefined, now: Numbers): boolean {
  return (
    last?.score === now.score &&
    last.low === now.low &&
    last.high === now.high &&
    last.sides?.access === now.sides?.access &&
    last.sides?.autonomy === now.sides?.autonomy
  )
}
