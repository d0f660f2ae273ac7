import type { ReporterStore } from "@tabard/control"
import { boundedLimit, inPortions, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { behind } from "./behind.ts"
import { activityOf, fromReporterEnrolmentRow, fromReporterRow, toReporterRow } from "./reporter-rows.ts"
import { reporterTurns } from "./reporter-turns.ts"

/** Keeps enrolled reporters in `reporter`, and the codes that let one in in `reporter_enrolment`. */
export function reporterStore(scope: Scope): ReporterStore {
  return { ...enrolments(scope), ...reporters(scope), ...reporterTurns(scope) }
}

function enrolments({ db, organisation }: Scope): Pick<ReporterStore, "offerEnrolment" | "takeEnrolment"> {
  return {
    async offerEnrolment({ codeHash, name, createdBy, expiresAt }) {
      await db
        .insertInto("reporter_enrolment")
        .values({
          organisation,
          code_hash: codeHash,
          name,
          created_by: createdBy,
          expires_at: toTime(expiresAt),
        })
        .execute()
    },

    async takeEnrolment(codeHash, now) {
      const row = await db
        .deleteFrom("reporter_enrolment")
        .where("organisation", "=", organisation)
        .where("code_hash", "=", codeHash)
        .where("expires_at", ">", toTime(now))
        .returningAll()
        .executeTakeFirst()
      return row && fromReporterEnrolmentRow(row)
    },
  }
}

function reporters({
  db,
  organisation,
}: Scope): Pick<ReporterStore, "insert" | "holderOf" | "of" | "list" | "revoke" | "seenKeys"> {
  const rows = () => db.selectFrom("reporter").selectAll().where("organisation", "=", organisation)
  return {
    async insert(reporter) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("reporter")
        .values({ organisation, ...toReporterRow(reporter) })
        .onConflict((conflict) => conflict.columns(["organisation", "thumbprint"]).doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async holderOf(thumbprint) {
      const row = await rows()
        .where("thumbprint", "=", thumbprint)
        .where("revoked_at", "is", null)
        .executeTakeFirst()
      return row && fromReporterRow(row)
    },

    async of(ids) {
      const found = await inPortions(ids, (portion) => rows().where("id", "in", portion).execute())
      return found.map(fromReporterRow)
    },

    async list({ after, limit }) {
      let query = rows().orderBy("enrolled_at", "desc").orderBy("id", "desc").limit(boundedLimit(limit))
      if (after)
        query = query.where(behind("falling", { enrolled_at: toTime(after.enrolledAt), id: after.id }))
      return (await query.execute()).map((row) => ({ ...fromReporterRow(row), ...activityOf(row) }))
    },

    async revoke(id, { by, at }) {
      const row = await db
        .updateTable("reporter")
        .set({ revoked_by: by, revoked_at: toTime(at) })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("revoked_at", "is", null)
        .returningAll()
        .executeTakeFirst()
      return row && fromReporterRow(row)
    },

    async seenKeys(id, kind) {
      const seen = await db
        .selectFrom("observation")
        .select("key")
        .where("organisation", "=", organisation)
        .where("reporter", "=", id)
        .where("kind", "=", kind)
        .execute()
      return seen.map(({ key }) => key)
    },
  }
}
