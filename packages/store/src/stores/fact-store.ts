import type { FactStore } from "@tabard/control"
import type { Fact } from "@tabard/core"
import { fromJson, fromTime, inPortions, inWrites, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { FactRow } from "../tables/registry.ts"

/** Keeps statements in the table `fact`, one row for each source and kind. */
export function factStore(scope: Scope): FactStore {
  const { db, organisation } = scope
  return {
    put: (fact) => putAll(scope, [fact]),
    putAll: (facts) => putAll(scope, facts),

    async forgetObserved(subjects, names) {
      if (names.length === 0) return
      await inWrites(subjects, (portion) =>
        db
          .deleteFrom("fact")
          .where("organisation", "=", organisation)
          .where("subject", "in", portion)
          .where("name", "in", names)
          .where("kind", "=", "observed")
          .execute(),
      )
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

async function putAll({ db, organisation }: Scope, facts: readonly Fact[]): Promise<void> {
  await inWrites(facts, (portion) =>
    db
      .insertInto("fact")
      .values(portion.map((fact) => ({ organisation, ...toRow(fact) })))
      .onConflict((conflict) =>
        conflict
          .columns(["organisation", "subject", "name", "kind", "source"])
          .doUpdateSet((eb) => ({ value: eb.ref("excluded.value"), at: eb.ref("excluded.at") })),
      )
      .execute(),
  )
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
