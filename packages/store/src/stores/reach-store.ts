import type { Reach, ReachStore } from "@tabard/control"
import { boundedLimit, fromTime, inPortions, inWrites, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { DeclaredReachRow } from "../tables/reaches.ts"

/** What ends at an agent says by what it was made. */
const MADE = "agt_%"

/** Keeps what is in whose hands in the table `declared_reach`. */
export function reachStore({ db, organisation }: Scope): ReachStore {
  const rows = () => db.selectFrom("declared_reach").selectAll().where("organisation", "=", organisation)
  const inserting = (reaches: readonly Reach[]) =>
    db
      .insertInto("declared_reach")
      .values(reaches.map((reach) => toRow(organisation, reach)))
      .onConflict((conflict) => conflict.columns(["organisation", "holder", "reaches"]).doNothing())
  return {
    async declare(reach) {
      const { numInsertedOrUpdatedRows } = await inserting([reach]).executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async declareAll(reaches) {
      await inWrites(reaches, (portion) => inserting(portion).execute())
    },

    async makers() {
      const found = await db
        .selectFrom("declared_reach")
        .select("holder")
        .distinct()
        .where("organisation", "=", organisation)
        .where("reaches", "like", MADE)
        .execute()
      return found.map(({ holder }) => holder).toSorted()
    },

    async find(id) {
      const row = await rows().where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)
    },

    async of(holders) {
      const found = await inPortions(holders, (portion) => rows().where("holder", "in", portion).execute())
      return inOrder(found)
    },

    async into(ends) {
      const found = await inPortions(ends, (portion) => rows().where("reaches", "in", portion).execute())
      return inOrder(found)
    },

    async list({ after, declared, limit }) {
      let query = rows().orderBy("id", "desc").limit(boundedLimit(limit))
      if (after !== undefined) query = query.where("id", "<", after)
      if (declared === true) query = query.where("reaches", "not like", MADE)
      return (await query.execute()).map(fromRow)
    },

    async withdraw(id) {
      const { numDeletedRows } = await db
        .deleteFrom("declared_reach")
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}

function inOrder(found: readonly DeclaredReachRow[]): readonly Reach[] {
  return found.map(fromRow).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function toRow(
  organisation: DeclaredReachRow["organisation"],
  { id, holder, to, declaredBy, declaredAt }: Reach,
): DeclaredReachRow {
  return {
    organisation,
    id,
    holder,
    reaches: to,
    declared_by: declaredBy,
    declared_at: toTime(declaredAt),
  }
}

function fromRow({ id, holder, reaches, declared_by, declared_at }: DeclaredReachRow): Reach {
  return { id, holder, to: reaches, declaredBy: declared_by, declaredAt: fromTime(declared_at) }
}
