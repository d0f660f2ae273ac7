import type { ObservationStore } from "@tabard/control"
import { type RawBuilder, sql } from "kysely"
import { boundedLimit, inPortions, inWrites } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { earliest } from "./earliest.ts"
import { fromServerRow, toServerRow } from "./observation-rows.ts"
import { whollyVanished } from "./vanished.ts"

/** Keeps seen MCP servers in the table `observed_server`. */
export function seenServers({
  db,
  organisation,
}: Scope): Pick<ObservationStore, "putServers" | "listServers" | "findServers"> {
  const things = () => db.selectFrom("observed_server").where("organisation", "=", organisation)
  return {
    async putServers(seen) {
      await inWrites(seen, (portion) =>
        db
          .insertInto("observed_server")
          .values(portion.map((one) => ({ organisation, ...toServerRow(one) })))
          .onConflict((conflict) =>
            conflict.columns(["organisation", "id"]).doUpdateSet((eb) => ({
              key: eb.ref("excluded.key"),
              name: eb.ref("excluded.name"),
              transport: eb.ref("excluded.transport"),
              system: eb.ref("excluded.system"),
              capabilities: eb.ref("excluded.capabilities"),
              flags: eb.ref("excluded.flags"),
              last_seen: eb.ref("excluded.last_seen"),
              first_seen: earliest("observed_server"),
            })),
          )
          .execute(),
      )
    },

    async listServers({ after, vanished, system, transport, flag, limit }) {
      let query = things().selectAll().orderBy("id").limit(boundedLimit(limit))
      if (after !== undefined) query = query.where("id", ">", after)
      if (vanished !== undefined)
        query = query.where(whollyVanished({ organisation }, "observed_server", vanished))
      if (system !== undefined) query = query.where("system", "=", system)
      if (transport !== undefined) query = query.where("transport", "=", transport)
      if (flag !== undefined) query = query.where(named("flags", flag))
      return (await query.execute()).map(fromServerRow)
    },

    async findServers(ids) {
      const rows = await inPortions(ids, (portion) =>
        things().selectAll().where("id", "in", portion).orderBy("id").execute(),
      )
      return rows.map(fromServerRow)
    },
  }
}

/** The condition that a list of words, kept as JSON, holds one. */
function named(column: "flags", word: string): RawBuilder<boolean> {
  const quoted = JSON.stringify(word).replaceAll(/[\\%_]/g, String.raw`\$&`)
  return sql<boolean>`${sql.ref(column)} like ${`%${quoted}%`} escape '\\'`
}
