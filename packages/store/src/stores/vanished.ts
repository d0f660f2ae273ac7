import { type RawBuilder, sql } from "kysely"

/** The condition that all sightings of a row's thing vanished, or that they did not; of what was never seen none did. */
export function whollyVanished(
  table: "agent" | "observed_server" | "credential",
  vanished: boolean,
): RawBuilder<boolean> {
  const sightings = sql`from observation where observation.organisation = ${sql.ref(`${table}.organisation`)}
    and observation.subject = ${sql.ref(`${table}.id`)}`
  const gone = sql<boolean>`(exists (select 1 ${sightings})
    and not exists (select 1 ${sightings} and observation.vanished_at is null))`
  return vanished ? gone : sql<boolean>`(not ${gone})`
}
