import type { PolicySet, PolicySetKind, PolicyStore } from "@tabard/control"
import type { Expression, ExpressionBuilder, SqlBool } from "kysely"
import { fromJson, fromTime, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { PolicySetRow } from "../tables/authority.ts"
import type { Tables } from "../tables/tables.ts"

/** Kinds of sets that every decision looks at, whoever asks. */
const EVERYBODYS: readonly PolicySetKind[] = ["guard", "tier"]

/** Kinds of sets that one link of a chain brings with it. */
const SOMEBODYS: readonly PolicySetKind[] = ["intent", "task", "user", "window"]

/** Keeps policies in the table `policy_set`; a set without an end is in force. */
export function policyStore({ db, organisation }: Scope): PolicyStore {
  const sets = () => db.selectFrom("policy_set").selectAll().where("organisation", "=", organisation)
  const end = async (kind: PolicySetKind, subject: string, at: Date) => {
    const { numUpdatedRows } = await db
      .updateTable("policy_set")
      .set({ ended_at: toTime(at) })
      .where("organisation", "=", organisation)
      .where("kind", "=", kind)
      .where("subject", "=", subject)
      .where("ended_at", "is", null)
      .executeTakeFirstOrThrow()
    return numUpdatedRows === 1n
  }

  return {
    async put(set) {
      await end(set.kind, set.subject, set.createdAt)
      await db
        .insertInto("policy_set")
        .values({ organisation, ...toRow(set) })
        .execute()
    },

    remove: end,

    async current(kind, subject) {
      const row = await sets()
        .where("kind", "=", kind)
        .where("subject", "=", subject)
        .where("ended_at", "is", null)
        .executeTakeFirst()
      return row && fromRow(row)
    },

    async concerning(subjects) {
      const live = sets().where("ended_at", "is", null)
      // Two looks into one index, put in order here: asked to order, SQLite would read every set by its id.
      const rows = await live
        .where("kind", "in", EVERYBODYS)
        // No subject is empty: the list is never so, which SQL does not allow.
        .unionAll(live.where("kind", "in", SOMEBODYS).where("subject", "in", [...subjects, ""]))
        .execute()
      return rows.map(fromRow).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    },

    async beginning(kind, subject) {
      const ofKind = sets().where("ended_at", "is", null).where("kind", "=", kind)
      const rows = await ofKind.where((eb) => startsWith(eb, subject)).execute()
      return rows.map(fromRow).toSorted((a, b) => (a.subject < b.subject ? -1 : 1))
    },

    async inForce() {
      const rows = await sets().where("ended_at", "is", null).orderBy("id").execute()
      return rows.map(fromRow)
    },

    ...earlier({ db, organisation }),
  }
}

/** What was in force before. */
function earlier({
  db,
  organisation,
}: Pick<Scope, "db" | "organisation">): Pick<PolicyStore, "concerned" | "history"> {
  const sets = () => db.selectFrom("policy_set").selectAll().where("organisation", "=", organisation)
  return {
    async concerned(subjects, at) {
      const time = toTime(at)
      const then = sets()
        .where("created_at", "<=", time)
        .where((eb) => eb.or([eb("ended_at", "is", null), eb("ended_at", ">", time)]))
      const rows = await then
        .where("kind", "in", EVERYBODYS)
        .unionAll(then.where("kind", "in", SOMEBODYS).where("subject", "in", [...subjects, ""]))
        .execute()
      return rows.map(fromRow).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    },

    async history(kind, subject) {
      const rows = await sets()
        .where("kind", "=", kind)
        .where("subject", "=", subject)
        .orderBy("created_at", "desc")
        .orderBy("version", "desc")
        .orderBy("id", "desc")
        .execute()
      return rows.map(fromRow)
    },
  }
}

function startsWith(eb: ExpressionBuilder<Tables, "policy_set">, beginning: string): Expression<SqlBool> {
  return eb(eb.fn("substr", ["subject", eb.lit(1), eb.lit(beginning.length)]), "=", beginning)
}

function toRow(set: PolicySet): Omit<PolicySetRow, "organisation"> {
  return {
    id: set.id,
    kind: set.kind,
    subject: set.subject,
    version: set.version,
    author: set.author,
    source: set.source,
    policies: toJson(set.policies),
    budgets: toJson(set.budgets ?? []),
    created_at: toTime(set.createdAt),
    ended_at: null,
  }
}

function fromRow(row: PolicySetRow): PolicySet {
  const budgets = fromJson(row.budgets)
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    version: row.version,
    author: row.author,
    source: row.source,
    policies: fromJson(row.policies),
    ...(budgets.length > 0 && { budgets }),
    createdAt: fromTime(row.created_at),
  }
}
