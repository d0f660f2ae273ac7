import { type RawBuilder, sql } from "kysely"
import type { Scope } from "../scope.ts"

/** The condition that all sightings of a row's thing vanished, or that they did not; of what was never seen none did. */
export function whollyVanished(
  { organisation }: Pick<Scope, "organisation">,
  table: "agent" | "observed_server" | "credential",
  vanished: boolean,
): RawBuilder<boolean> {
  const sightings = sql`from observation where observation.organisation = ${organisation}
    and observation.subject = ${sql.ref(`${table}.id`)}`
  const gone = sql<boolean>`(exists (select 1 ${sightings})
    and not exists (select 1 ${sightings} and observation.vanished_at is null))`
  // Those of which anything vanished are few, and an index holds them alone.
  const some = sql`select subject from observation where organisation = ${organisation} and vanished_at is not null`
  return vanished
    ? sql<boolean>`(${sql.ref(`${table}.id`)} in (${some}) and ${gone})`
    : sql<boolean>`(not ${gone})`
}
