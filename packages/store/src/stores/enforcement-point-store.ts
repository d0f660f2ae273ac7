import type { EnforcementPoint, EnforcementPointStore } from "@tabard/control"
import { fromJson, toJson } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { EnforcementPointRow } from "../tables/authority.ts"

/** Keeps doors in the table `enforcement_point`. */
export function enforcementPointStore({ db, organisation }: Scope): EnforcementPointStore {
  const points = () => db.selectFrom("enforcement_point").selectAll().where("organisation", "=", organisation)

  return {
    async ensure(point) {
      await db
        .insertInto("enforcement_point")
        .values({ organisation, ...toRow(point) })
        .onConflict((conflict) => conflict.columns(["organisation", "name"]).doNothing())
        .execute()
      return fromRow(await points().where("name", "=", point.name).executeTakeFirstOrThrow())
    },

    async find(id) {
      const row = await points().where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)
    },
  }
}

function toRow(point: EnforcementPoint): Omit<EnforcementPointRow, "organisation"> {
  return {
    id: point.id,
    name: point.name,
    kind: point.kind,
    subjects: toJson(point.subjects),
    asserts: toJson(point.asserts),
  }
}

function fromRow(row: EnforcementPointRow): EnforcementPoint {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    subjects: fromJson(row.subjects),
    asserts: fromJson(row.asserts),
  }
}
