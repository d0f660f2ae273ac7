import { type Agent, type Id, newId, Problem } from "@tabard/core"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import { assertMayCorrelate, type CorrelateDeps, type CorrelatingStores, takeStock } from "./correlating.ts"

/** Which sighting of an agent is another agent, and why somebody says so. */
export interface Split {
  readonly agent: string
  readonly reporter: string
  readonly key: string
  readonly reason: string
}

/**
 * Says that one sighting of an agent is an agent of its own: under the id that it had before it was merged, else under a
 * new one, discovered and nobody's. It stays so at every later scan. Said twice is as once.
 *
 * @throws {Problem} agent_not_found, sighting_not_found, agent_state_conflict, not_allowed
 */
export async function splitAgent(
  deps: CorrelateDeps,
  by: Caller,
  { agent: id, reporter, key, reason }: Split,
): Promise<Agent> {
  assertMayCorrelate(by)
  return deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    const said = await tx.correlations.find(reporter, key)
    const sightings = (await tx.observations.of([agent.id])).filter(({ kind }) => kind === "agent")
    if (!sightings.some((seen) => seen.reporter === reporter && seen.key === key)) {
      if (said?.former === agent.id) return findAgent(tx.agents, said.agent)
      throw new Problem("sighting_not_found", "the agent has no sighting under this reporter and key")
    }
    if (sightings.length === 1) {
      throw new Problem(
        "agent_state_conflict",
        "it is the agent's only sighting; there is nothing to split it off",
      )
    }
    const own = await ownAgent(deps, tx, agent.id, said?.former)
    await tx.observations.reassign(agent.id, own, { reporter, key })
    const at = deps.clock.now()
    await tx.correlations.put([{ reporter, key, agent: own, former: agent.id, by: by.id, reason, at }])
    await takeStock(deps, tx, [agent.id, own])
    await recordEvent(deps, tx.outbox, {
      type: "agent.split",
      actor: { kind: "user", id: by.id },
      agent: own,
      data: { from: agent.id, reporter, key: key.slice(0, 200), reason },
    })
    return findAgent(tx.agents, own)
  })
}

/** The alias that the sighting once was, where it still is one; else an agent of a new id. */
async function ownAgent(
  { clock }: CorrelateDeps,
  { agents }: CorrelatingStores,
  from: Id<"agent">,
  former: Id<"agent"> | undefined,
): Promise<Id<"agent">> {
  if (former !== undefined && (await agents.splitOff(former, from))) return former
  const own = newId("agent", clock)
  await agents.insert({ id: own, state: "discovered", owner: null, mandate: null, createdAt: clock.now() })
  return own
}
