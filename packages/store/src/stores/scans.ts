import type { ObservationStore, ScanRecord } from "@tabard/control"
import type { SelectQueryBuilder } from "kysely"
import { boundedLimit, fromTime, inPortions, toJson } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { Tables } from "../tables/tables.ts"
import { fromScanRow, toScanRow } from "./observation-rows.ts"

/** Keeps scans in the table of that name. */
export function scans({
  db,
  organisation,
}: Scope): Pick<
  ObservationStore,
  "insertScan" | "finishScan" | "listScans" | "newestOwnScan" | "findScans" | "newestScan"
> {
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

    async listScans(limit) {
      const rows = await whole()
        .selectAll()
        .orderBy("finished_at", "desc")
        .orderBy("id", "desc")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(fromScanRow)
    },

    newestOwnScan: () => newestOwnScan(whole()),

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
async function newestOwnScan(
  whole: SelectQueryBuilder<Tables, "scan", object>,
): Promise<ScanRecord | undefined> {
  const row = await whole
    .selectAll()
    .where((eb) => eb.or([eb("reporter", "<", "rep_"), eb("reporter", ">=", "rep`")]))
    .orderBy("finished_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst()
  return row && fromScanRow(row)
}
