import { Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { standBehind } from "../decisions/oversee-widening.ts"
import { boundsOf } from "../decisions/policies-in-force.ts"
import { byHandOf } from "../policies/own-address.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Transact } from "../transaction.ts"
import { MOST_OBSERVED, type ObservedCall, type ObservePeriod, type Rehearsal } from "./observe-store.ts"
import { type EnforcingPreview, type PreviewStores, previewOf } from "./preview-enforcing.ts"

export interface RehearsalDeps extends RecordContext {
  readonly transact: Transact<PreviewStores | "outbox">
}

/** As many calls make a rehearsal, over as long. */
export const LEAST_REHEARSED: { readonly calls: number; readonly hours: number } = { calls: 20, hours: 24 }

const HOUR_MS = 60 * 60 * 1000

/**
 * Records that an agent was rehearsed: it was observed for long enough, and the manifest in force would have denied nothing of what it
 * did. It counts for the tier, the bounds and the tools that it was observed with, and ends as one of them changes.
 *
 * @throws {Problem} agent_not_found, not_allowed, agent_state_conflict, second_person_needed
 */
export async function recordRehearsal(
  deps: RehearsalDeps,
  by: Caller,
  { agent: id }: { readonly agent: string },
): Promise<Rehearsal> {
  return deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, agent.owner)
    const period = await tx.observing.find(agent.id)
    const calls = await tx.observing.calls(agent.id, MOST_OBSERVED)
    const preview = await previewOf(deps, tx, agent, undefined)
    const short = whyNotRehearsed(period, calls, preview)
    if (short || !agent.mandate)
      throw new Problem(
        "agent_state_conflict",
        `${agent.id} was not rehearsed: ${short ?? "nobody adopted it"}`,
      )
    // By it the agent may write where a guard-rail waits for it.
    const widenedBy = await standBehind(tx, agent, by)
    const sets = await tx.policies.concerning([agent.id, byHandOf(agent.id)])
    const rehearsal: Rehearsal = {
      agent: agent.id,
      tier: agent.mandate.tier,
      bounds: boundsOf(sets, agent.id),
      tools: Object.fromEntries(calls.map(({ server, tool, digest }) => [`${server}/${tool}`, digest])),
      calls: calls.length,
      recordedAt: deps.clock.now(),
      recordedBy: by.id,
    }
    await tx.observing.recordRehearsal(rehearsal)
    await tx.organisation.bumpVersion()
    await recordEvent(deps, tx.outbox, {
      type: "agent.mode-changed",
      actor: { kind: "user", id: by.id },
      agent: agent.id,
      owner: agent.owner,
      data: {
        mode: "rehearsed",
        calls: calls.length,
        tools: Object.keys(rehearsal.tools).slice(0, 50),
        widenedBy,
      },
    })
    return rehearsal
  })
}

function whyNotRehearsed(
  period: ObservePeriod | undefined,
  calls: readonly ObservedCall[],
  { denied, unjudged, stopped }: EnforcingPreview,
): string | undefined {
  const newest = calls[0]?.at.getTime() ?? 0
  const lasted = period ? newest - period.startedAt.getTime() : 0
  if (calls.length < LEAST_REHEARSED.calls)
    return `${calls.length} calls were observed, and it takes ${LEAST_REHEARSED.calls}`
  if (lasted < LEAST_REHEARSED.hours * HOUR_MS)
    return `its calls have to lie ${LEAST_REHEARSED.hours} hours apart, from the beginning to the last`
  if (unjudged > 0)
    return `of ${unjudged} calls too little is kept to judge them; observe it anew, for fewer calls`
  const [most] = stopped.filter(({ effect }) => effect === "deny")
  return most && `the manifest would have denied ${denied} calls, as ${most.tool}: ${most.words}`
}
