import type { Correlation, CorrelationStore } from "@tabard/control"
import { fromTime, inPortions, inWrites, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { CorrelationRow } from "../tables/registry.ts"

/** Keeps what people said about sightings in the table `correlation`. */
export function correlationStore({ db, organisation }: Scope): CorrelationStore {
  const rows = () => db.selectFrom("correlation").selectAll().where("organisation", "=", organisation)
  return {
    async put(correlations) {
      await inWrites(correlations, (portion) =>
        db
          .insertInto("correlation")
          .values(portion.map((one) => ({ organisation, ...toRow(one) })))
          .onConflict((conflict) =>
            conflict.columns(["organisation", "reporter", "key"]).doUpdateSet((eb) => ({
              agent: eb.ref("excluded.agent"),
              former: eb.ref("excluded.former"),
              said_by: eb.ref("excluded.said_by"),
              reason: eb.ref("excluded.reason"),
              at: eb.ref("excluded.at"),
            })),
          )
          .execute(),
      )
    },

    async find(reporter, key) {
      const row = await rows().where("reporter", "=", reporter).where("key", "=", key).executeTakeFirst()
      return row && fromRow(row)
    },

    async of(agents) {
      const found = await inPortions(agents, (portion) =>
        rows().where("agent", "in", portion).orderBy("reporter").orderBy("key").execute(),
      )
      return found.map(fromRow)
    },
  }
}

function toRow({ by, at, ...said }: Correlation): Omit<CorrelationRow, "organisation"> {
  return { ...said, said_by: by, at: toTime(at) }
}

function fromRow({ reporter, key, agent, former, said_by, reason, at }: CorrelationRow): Correlation {
  return { reporter, key, agent, former, by: said_by, reason, at: fromTime(at) }
}
