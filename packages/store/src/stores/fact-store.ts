import type { FactStore } from "@tabard/control"
import type { Fact } from "@tabard/core"
import { fromJson, fromTime, inPortions, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { FactRow } from "../tables/registry.ts"

/** Keeps statements in the table `fact`, one row for each source and kind. */
export function factStore({ db, organisation }: Scope): FactStore {
  return {
    async put(fact) {
      await db
        .insertInto("fact")
        .values({ organisation, ...toRow(fact) })
        .onConflict((conflict) =>
          conflict
            .columns(["organisation", "subject", "name", "kind", "source"])
            .doUpdateSet((eb) => ({ value: eb.ref("excluded.value"), at: eb.ref("excluded.at") })),
        )
        .execute()
    },

    async remove(subject, name, kinds) {
      if (kinds.length === 0) return 0
      const { numDeletedRows } = await db
        .deleteFrom("fact")
        .where("organisation", "=", organisation)
        .where("subject", "=", subject)
        .where("name", "=", name)
        .where("kind", "in", kinds)
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },

    async named(name) {
      const rows = await db
        .selectFrom("fact")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("name", "=", name)
        .orderBy("subject")
        .orderBy("kind")
        .orderBy("source")
        .execute()
      return rows.map(fromRow)
    },

    async of(subjects) {
      const rows = await inPortions(subjects, (portion) =>
        db
          .selectFrom("fact")
          .selectAll()
          .where("organisation", "=", organisation)
          .where("subject", "in", portion)
          .orderBy("subject")
          .orderBy("name")
          .orderBy("kind")
          .orderBy("source")
          .execute(),
      )
      return rows.map(fromRow)
    },
  }
}

function toRow(fact: Fact): Omit<FactRow, "organisation"> {
  return {
    subject: fact.subject,
    name: fact.name,
    kind: fact.kind,
    source: fact.source,
    value: toJson(fact.value),
    at: toTime(fact.at),
  }
}

function fromRow(row: FactRow): Fact {
  return {
    subject: row.subject,
    name: row.name,
    kind: row.kind,
    source: row.source,
    value: fromJson(row.value),
    at: fromTime(row.at),
  }
}
