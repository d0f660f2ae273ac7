import type { ObservationStore } from "@tabard/control"
import { boundedLimit, fromTime, inPortions, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { fromObservationRow } from "./observation-rows.ts"

/** Keeps when a sighting vanished, in the table `observation`. */
export function vanishing({
  db,
  organisation,
}: Scope): Pick<ObservationStore, "unseen" | "vanish" | "vanished"> {
  return {
    async unseen({ reporter, kind, before, after, limit }) {
      let query = db
        .selectFrom("observation")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("reporter", "=", reporter)
        .where("kind", "=", kind)
        .where("last_seen", "<", toTime(before))
        .where("vanished_at", "is", null)
        .orderBy("key")
        .limit(boundedLimit(limit))
      if (after !== undefined) query = query.where("key", ">", after)
      return (await query.execute()).map(fromObservationRow)
    },

    async vanish({ reporter, kind, before }, keys) {
      const rows = await inPortions(keys, (portion) =>
        db
          .updateTable("observation")
          .set({ vanished_at: toTime(before) })
          .where("organisation", "=", organisation)
          .where("kind", "=", kind)
          .where("key", "in", portion)
          .where("reporter", "=", reporter)
          .where("last_seen", "<", toTime(before))
          .where("vanished_at", "is", null)
          .returning("key")
          .execute(),
      )
      return rows.map(({ key }) => key)
    },

    async vanished(subjects) {
      const rows = await inPortions(subjects, (portion) =>
        db
          .selectFrom("observation")
          .select(["subject", (eb) => eb.fn.max("vanished_at").as("vanished_at")])
          .where("organisation", "=", organisation)
          .where("subject", "in", portion)
          .groupBy("subject")
          .having((eb) => eb(eb.fn.countAll(), "=", eb.fn.count("vanished_at")))
          .execute(),
      )
      return new Map(
        rows.flatMap(({ subject, vanished_at: at }) =>
          at === null ? [] : [[subject, fromTime(at)] as const],
        ),
      )
    },
  }
}
