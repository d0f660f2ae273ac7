import { type RawBuilder, sql } from "kysely"

/** Says in SQL that a row stands behind a place in the order of these columns; an index over them leads straight there. */
export function behind(
  order: "rising" | "falling",
  place: Readonly<Record<string, string | number>>,
): RawBuilder<boolean> {
  const columns = sql.join(Object.keys(place).map((name) => sql.ref(name)))
  const values = sql.join(Object.values(place))
  return order === "rising" ? sql`(${columns}) > (${values})` : sql`(${columns}) < (${values})`
}
