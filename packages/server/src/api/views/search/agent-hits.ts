import { effectiveFacts, type Id, isId } from "@tabard/core"
import { agentName } from "../names.ts"
import { newestOf, placeOf } from "../seen-places.ts"
import { type HitReads, oneLine, type Shown } from "./shown.ts"
import { those } from "./those.ts"

/** Shows agents by state, owner, client and place. */
export async function agentHits(tx: HitReads, found: readonly string[]): Promise<readonly Shown[]> {
  const agents = await tx.agents.findAll(found.filter((id) => isId("agent", id)))
  const ids = agents.map(({ id }) => id)
  const facts = Map.groupBy(await tx.facts.of(ids), ({ subject }) => subject)
  const seen = Map.groupBy(await tx.observations.of(ids), ({ subject }) => subject)
  const owners = await peopleNamed(
    tx,
    agents.flatMap(({ owner }) => owner ?? []),
  )
  return agents.map(({ id, state, owner }) => {
    const said = facts.get(id) ?? []
    const title = agentName(said)
    const client = effectiveFacts(said).get("client")?.value
    const context = oneLine(
      state,
      owner ? owners.get(owner) : "no owner",
      typeof client === "string" && client !== title ? client : null,
      placeOf(newestOf(seen.get(id) ?? [])),
    )
    return { id, title, context, leadsTo: `/agents/${id}` }
  })
}

/** Shows people by email and role. */
export async function personHits({ users }: HitReads, found: readonly string[]): Promise<readonly Shown[]> {
  const people = await those(found, "user", (id) => users.find(id))
  return people.map(({ id, name, email, role, active }) => {
    const context = oneLine(email, role, active ? null : "switched off")
    return { id, title: name, context, leadsTo: `/people?person=${id}` }
  })
}

/** Shows teams by whom to ask about them. */
export async function teamHits(tx: HitReads, found: readonly string[]): Promise<readonly Shown[]> {
  const teams = await those(found, "team", (id) => tx.teams.find(id))
  const leads = await peopleNamed(
    tx,
    teams.flatMap(({ lead }) => lead ?? []),
  )
  return teams.map(({ id, name, lead }) => {
    const context = lead ? `led by ${leads.get(lead) ?? "somebody who has left"}` : ""
    return { id, title: name, context, leadsTo: `/people?tab=teams&team=${id}` }
  })
}

/** Answers the names that agents go by. */
export async function agentsNamed(
  { facts }: Pick<HitReads, "facts">,
  ids: readonly Id<"agent">[],
): Promise<ReadonlyMap<string, string>> {
  const said = Map.groupBy(await facts.of([...new Set(ids)]), ({ subject }) => subject)
  return new Map([...said].map(([id, own]) => [id, agentName(own)]))
}

async function peopleNamed(
  { users }: HitReads,
  ids: readonly Id<"user">[],
): Promise<ReadonlyMap<Id<"user">, string>> {
  const people = await users.findAll([...new Set(ids)])
  return new Map(people.map(({ id, name }) => [id, name]))
}
