import type { ObservationStore } from "@tabard/control"
import type { Expression, ExpressionBuilder, SqlBool } from "kysely"
import { boundedLimit, fromTime, inPortions, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { Tables } from "../tables/tables.ts"
import { behind } from "./behind.ts"
import { fromScanRow, toScanRow } from "./observation-rows.ts"

/** Keeps scans in the table of that name. */
export function scans({
  db,
  organisation,
}: Scope): Pick<ObservationStore, "insertScan" | "finishScan" | "listScans" | "findScans" | "newestScan"> {
  const whole = () =>
    db.selectFrom("scan").where("organisation", "=", organisation).where("unfinished", "=", 0)
  return {
    async insertScan(scan) {
      await db
        .insertInto("scan")
        .values({ organisation, ...toScanRow(scan) })
        .execute()
    },

    async finishScan(id, result) {
      const { numUpdatedRows } = await db
        .updateTable("scan")
        .set({ unfinished: 0, result: toJson(result) })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("unfinished", "=", 1)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async listScans({ reporter, own, after, limit }) {
      let query = whole()
        .selectAll()
        .orderBy("finished_at", "desc")
        .orderBy("id", "desc")
        .limit(boundedLimit(limit))
      if (reporter !== undefined) query = query.where("reporter", "=", reporter)
      if (own) query = query.where(sentByNobody)
      if (after)
        query = query.where(behind("falling", { finished_at: toTime(after.finishedAt), id: after.id }))
      return (await query.execute()).map(fromScanRow)
    },

    async findScans(ids) {
      const rows = await inPortions(ids, (portion) =>
        db
          .selectFrom("scan")
          .selectAll()
          .where("organisation", "=", organisation)
          .where("id", "in", portion)
          .orderBy("id")
          .execute(),
      )
      return rows.map(fromScanRow)
    },

    async newestScan(reporter) {
      const row = await whole()
        .select("finished_at")
        .where("reporter", "=", reporter)
        .orderBy("finished_at", "desc")
        .limit(1)
        .executeTakeFirst()
      return row && fromTime(row.finished_at)
    },
  }
}

/** An enrolled reporter's word is kept under its id, and the next letter after the prefix ends those. */
function sentByNobody(eb: ExpressionBuilder<Tables, "scan">): Expression<SqlBool> {
  return eb.or([eb("reporter", "<", "rep_"), eb("reporter", ">=", "rep`")])
}
