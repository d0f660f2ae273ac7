import type { FindingStore } from "@tabard/control"
import { sql } from "kysely"
import { boundedLimit, inPortions } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { fromSightingRow, toSightingRow } from "./finding-rows.ts"

type Sightings = Pick<FindingStore, "say" | "takeBack" | "saidOf" | "saidBy" | "gravestOf">

/** Keeps what sources say in `finding_sighting`, one row for each source, rule and subject. */
export function findingSightings(scope: Scope): Sightings {
  return { ...saying(scope), ...asking(scope) }
}

function saying({ db, organisation }: Scope): Pick<Sightings, "say" | "takeBack"> {
  return {
    async say(sightings) {
      await inPortions(sightings, async (portion) => {
        await db
          .insertInto("finding_sighting")
          .values(portion.map((sighting) => ({ organisation, ...toSightingRow(sighting) })))
          .onConflict((conflict) =>
            conflict.columns(["organisation", "subject", "rule", "source"]).doUpdateSet((eb) => ({
              rank: eb.ref("excluded.rank"),
              message: eb.ref("excluded.message"),
              evidence: eb.ref("excluded.evidence"),
            })),
          )
          .execute()
        return []
      })
    },

    async takeBack(source, keys) {
      for (const [rule, same] of Map.groupBy(keys, (key) => key.rule)) {
        const subjects = same.map(({ subject }) => subject)
        await inPortions(subjects, async (portion) => {
          await db
            .deleteFrom("finding_sighting")
            .where("organisation", "=", organisation)
            .where("source", "=", source)
            .where("rule", "=", rule)
            .where("subject", "in", portion)
            .execute()
          return []
        })
      }
    },
  }
}

function asking({ db, organisation }: Scope): Pick<Sightings, "saidOf" | "saidBy" | "gravestOf"> {
  const said = () => db.selectFrom("finding_sighting").selectAll().where("organisation", "=", organisation)
  return {
    async saidOf(source, subjects) {
      const rows = await inPortions([...new Set(subjects)], (portion) =>
        said()
          .where("source", "=", source)
          .where("subject", "in", portion)
          .orderBy("subject")
          .orderBy("rule")
          .execute(),
      )
      return rows.map(fromSightingRow)
    },

    async saidBy(source, after, limit) {
      let wanted = said().where("source", "=", source)
      if (after) wanted = wanted.where(sql<boolean>`(subject, rule) > (${after.subject}, ${after.rule})`)
      const rows = await wanted.orderBy("subject").orderBy("rule").limit(boundedLimit(limit)).execute()
      return rows.map(fromSightingRow)
    },

    async gravestOf(subjects) {
      const rows = await inPortions([...new Set(subjects)], (portion) =>
        db
          .selectFrom(
            said()
              .select(({ fn }) =>
                fn
                  .agg<number>("row_number")
                  .over((over) =>
                    over.partitionBy(["subject", "rule"]).orderBy("rank", "desc").orderBy("source"),
                  )
                  .as("place"),
              )
              .where("subject", "in", portion)
              .as("ranked"),
          )
          .selectAll()
          .where("place", "=", 1)
          .orderBy("subject")
          .orderBy("rule")
          .execute(),
      )
      return rows.map(fromSightingRow)
    },
  }
}
