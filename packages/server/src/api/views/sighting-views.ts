import type { SightingView } from "@tabard/api"
import type { Correlation, Observation, Transaction } from "@tabard/control"
import type { Id } from "@tabard/core"
import { type Names, namesOf } from "./names.ts"
import { reporterNames } from "./reporter-names.ts"
import { objectsIn, placesOf } from "./seen-places.ts"

/** Shows where an agent was seen, by whom, and who said that a sighting belongs to it. */
export async function sightingViews(
  tx: Pick<Transaction, "correlations" | "facts" | "observations" | "reporters" | "users">,
  agent: Id<"agent">,
): Promise<readonly SightingView[]> {
  const said = await tx.correlations.of([agent])
  const names = await namesOf(tx, { people: said.map(({ by }) => by) })
  const seen = await tx.observations.of([agent])
  const reporterOf = await reporterNames(
    tx,
    seen.map(({ reporter }) => reporter),
  )
  return seen.map((observation) => {
    const word = said.find(
      ({ reporter, key }) => reporter === observation.reporter && key === observation.key,
    )
    const { name, revoked } = reporterOf(observation.reporter)
    return { ...sighting(observation, word, names), reporterName: name, reporterRevoked: revoked }
  })
}

function sighting(
  observation: Observation,
  word: Correlation | undefined,
  names: Names,
): Omit<SightingView, "reporterName" | "reporterRevoked"> {
  const { reporter, key, body, firstSeen, lastSeen, vanishedAt } = observation
  return {
    reporter,
    key,
    locations: placesOf(observation),
    evidence: objectsIn(body, "evidence").map(({ what }) => String(what)),
    firstSeen: firstSeen.toISOString(),
    lastSeen: lastSeen.toISOString(),
    vanishedAt: vanishedAt?.toISOString() ?? null,
    placedBy: word ? { person: names.person(word.by), at: word.at.toISOString(), reason: word.reason } : null,
  }
}
