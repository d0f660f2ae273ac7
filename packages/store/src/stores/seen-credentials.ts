import type { ObservationStore } from "@tabard/control"
import type { Id } from "@tabard/core"
import { type RawBuilder, sql } from "kysely"
import { boundedLimit, inPortions, inWrites } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { earliest } from "./earliest.ts"
import { fromCredentialRow, toCredentialRow } from "./observation-rows.ts"
import { whollyVanished } from "./vanished.ts"

/** Keeps seen credentials in the table `credential`. */
export function seenCredentials({
  db,
  organisation,
}: Scope): Pick<
  ObservationStore,
  "putCredentials" | "listCredentials" | "findCredentials" | "withFingerprints"
> {
  const things = () => db.selectFrom("credential").where("organisation", "=", organisation)
  return {
    async putCredentials(seen) {
      await inWrites(seen, (portion) =>
        db
          .insertInto("credential")
          .values(portion.map((one) => ({ organisation, ...toCredentialRow(one) })))
          .onConflict((conflict) =>
            conflict.columns(["organisation", "id"]).doUpdateSet((eb) => ({
              key: eb.ref("excluded.key"),
              kind: eb.ref("excluded.kind"),
              provider: eb.ref("excluded.provider"),
              stored_as: eb.ref("excluded.stored_as"),
              fingerprint: eb.ref("excluded.fingerprint"),
              locations: eb.ref("excluded.locations"),
              last_seen: eb.ref("excluded.last_seen"),
              first_seen: earliest("credential"),
            })),
          )
          .execute(),
      )
    },

    async listCredentials({ after, vanished, kind, provider, storedAs, shared, limit }) {
      let query = things().selectAll().orderBy("id").limit(boundedLimit(limit))
      if (after !== undefined) query = query.where("id", ">", after)
      if (vanished !== undefined)
        query = query.where(whollyVanished({ organisation }, "credential", vanished))
      if (kind !== undefined) query = query.where("kind", "=", kind)
      if (provider !== undefined) query = query.where("provider", "=", provider)
      if (storedAs !== undefined) query = query.where("stored_as", "=", storedAs)
      if (shared !== undefined)
        query = query.where("id", shared ? "in" : "not in", sharedBehind(organisation, after ?? ""))
      return (await query.execute()).map(fromCredentialRow)
    },

    async findCredentials(ids) {
      const rows = await inPortions(ids, (portion) =>
        things().selectAll().where("id", "in", portion).orderBy("id").execute(),
      )
      return rows.map(fromCredentialRow)
    },

    async withFingerprints(fingerprints) {
      const rows = await inPortions(fingerprints, (portion) =>
        things().selectAll().where("fingerprint", "in", portion).execute(),
      )
      // Put in order here: asked to, SQLite would rather read all credentials in that order.
      return rows.map(fromCredentialRow).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    },
  }
}

/** The credentials that more than one agent uses, told by the index of uses alone. */
function sharedBehind(organisation: string, after: string): RawBuilder<Id<"credential">> {
  return sql`(select target from agent_use where organisation = ${organisation} and target > ${after}
    group by target having count(*) > 1)`
}
