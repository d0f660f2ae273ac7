import { type Agent, type Fact, type Id, Problem } from "@tabard/core"
import { recordEvent } from "../audit/event/record-event.ts"
import { withdrawPending } from "../lifecycle/open-offer.ts"
import type { Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import { assertMayCorrelate, type CorrelateDeps, type CorrelatingStores, takeStock } from "./correlating.ts"

/** Two agents that are one: which id stays, which becomes its alias, and why somebody says so. */
export interface Merge {
  readonly agent: string
  readonly other: string
  readonly reason: string
}

/**
 * Says that two agents are one. What was seen of the other, what people said of it where nothing was said of the first, and
 * its findings are the first's from then on, at every later scan too; the other id stays as an alias. Said twice is as once.
 *
 * Only an agent that nobody adopted can become an alias, so no token, key or mandate is lost.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, not_allowed
 */
export async function mergeAgents(
  deps: CorrelateDeps,
  by: Caller,
  { agent: id, other: otherId, reason }: Merge,
): Promise<Agent> {
  assertMayCorrelate(by)
  return deps.transact(async (tx) => {
    const [agent, other] = [await findAgent(tx.agents, id), await findAgent(tx.agents, otherId)]
    const already = await tx.agents.mergedInto([other.id])
    if (already.get(other.id) === agent.id) return agent
    if (!(await tx.agents.mergeAway(other.id, agent.id))) throw cannotMerge(agent, other)

    const actor = { kind: "user", id: by.id } as const
    await withdrawPending(deps, tx, { agent: other, actor, why: "the agent was merged into another" })
    const sightings = await moveSightings(tx, {
      from: other.id,
      to: agent.id,
      by: by.id,
      reason,
      at: deps.clock.now(),
    })
    await tx.facts.putAll(await saidOfOther(tx, agent, other.id))
    await tx.findings.moveSubject(other.id, agent.id)
    await takeStock(deps, tx, [agent.id, other.id])
    await recordEvent(deps, tx.outbox, {
      type: "agent.merged",
      actor,
      agent: agent.id,
      owner: agent.owner,
      data: { merged: other.id, reason, sightings },
    })
    return agent
  })
}

function cannotMerge(agent: Agent, other: Agent): Problem {
  const words =
    agent.id === other.id
      ? "an agent is already the same as itself"
      : `${other.id} is ${other.state} and ${agent.id} is ${agent.state}; only what nobody adopted (discovered, proposed or dismissed, and not merged yet) can be merged into what is neither dismissed, merged, retiring nor retired`
  return new Problem("agent_state_conflict", words)
}

/** Keeps to which agent each sighting belonged at first, so that it can be split off again. */
async function moveSightings(
  tx: CorrelatingStores,
  {
    from,
    to,
    by,
    reason,
    at,
  }: { from: Id<"agent">; to: Id<"agent">; by: Id<"user">; reason: string; at: Date },
): Promise<number> {
  const before = new Map(
    (await tx.correlations.of([from])).map((one) => [`${one.reporter}\n${one.key}`, one.former]),
  )
  const seen = (await tx.observations.of([from])).filter(({ kind }) => kind === "agent")
  await tx.correlations.put(
    seen.map(({ reporter, key }) => {
      const former = before.get(`${reporter}\n${key}`) ?? from
      return { reporter, key, agent: to, former: former === to ? from : former, by, reason, at }
    }),
  )
  return tx.observations.reassign(from, to)
}

/**
 * What people said of the other agent under names that nobody spoke of here. What was observed follows its sightings; where an
 * agent acts that was adopted is said of it alone, since guard-rails hang on it.
 */
async function saidOfOther(
  tx: CorrelatingStores,
  { id: agent, mandate }: Pick<Agent, "id" | "mandate">,
  other: Id<"agent">,
): Promise<readonly Fact[]> {
  const said = (await tx.facts.of([agent, other])).filter(({ kind }) => kind !== "observed")
  const spoken = new Set(said.filter(({ subject }) => subject === agent).map(({ name }) => name))
  if (mandate) spoken.add("environment")
  return said
    .filter(({ subject, name }) => subject === other && !spoken.has(name))
    .map((fact) => ({ ...fact, subject: agent }))
}
