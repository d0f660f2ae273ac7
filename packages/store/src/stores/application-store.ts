import type { Application, ApplicationStore, ApplicationVersion } from "@tabard/control"
import { boundedLimit, fromJson, fromTime, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { ApplicationRow, ApplicationVersionRow } from "../tables/applications.ts"

/** Keeps applications in the table `application`, and each version of them in `application_version`. */
export function applicationStore(scope: Scope): ApplicationStore {
  return { ...keeping(scope), ...reading(scope) }
}

function keeping({ db, organisation }: Scope): Pick<ApplicationStore, "put" | "remove"> {
  return {
    async put(application) {
      const version = { organisation, ...toRow(application) }
      const whole = { ...version, entities: toJson(application.entities), removed: 0 } as const
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("application")
        .values(whole)
        .onConflict((conflict) =>
          conflict
            .columns(["organisation", "name"])
            .doUpdateSet(whole)
            // Whoever followed another version is too late: the database says who was first.
            .where("application.version", "=", application.version - 1),
        )
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows !== 1n) return false
      await db.insertInto("application_version").values(version).execute()
      return true
    },

    async remove(name) {
      const { numUpdatedRows } = await db
        .updateTable("application")
        .set(({ eb }) => ({ removed: 1, entities: toJson([]), version: eb("version", "+", 1) }))
        .where("organisation", "=", organisation)
        .where("name", "=", name)
        .where("removed", "=", 0)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

const VERSION = [
  "organisation",
  "name",
  "version",
  "schema",
  "policies",
  "entity_count",
  "recorded",
  "author",
  "put_at",
] as const

function reading({ db, organisation }: Scope): Omit<ApplicationStore, "put" | "remove"> {
  return {
    async find(name) {
      const row = await db
        .selectFrom("application")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("name", "=", name)
        .where("removed", "=", 0)
        .executeTakeFirst()
      return row && fromRow(row)
    },

    async latest(name) {
      const row = await db
        .selectFrom("application")
        .select("version")
        .where("organisation", "=", organisation)
        .where("name", "=", name)
        .executeTakeFirst()
      return row?.version ?? 0
    },

    async list({ after, limit }) {
      let query = db
        .selectFrom("application")
        .select(VERSION)
        .where("organisation", "=", organisation)
        .where("removed", "=", 0)
        .orderBy("name")
        .limit(boundedLimit(limit))
      if (after !== undefined) query = query.where("name", ">", after)
      return (await query.execute()).map(fromVersionRow)
    },

    async history(name, { before, limit }) {
      let query = db
        .selectFrom("application_version")
        .select(VERSION)
        .where("organisation", "=", organisation)
        .where("name", "=", name)
        .orderBy("version", "desc")
        .limit(boundedLimit(limit))
      if (before !== undefined) query = query.where("version", "<", before)
      return (await query.execute()).map(fromVersionRow)
    },
  }
}

function toRow(application: Application): Omit<ApplicationVersionRow, "organisation"> {
  const { name, version, schema, policies, entities, recorded, author, putAt } = application
  return {
    name,
    version,
    schema,
    policies,
    entity_count: entities.length,
    recorded: recorded ? 1 : 0,
    author,
    put_at: toTime(putAt),
  }
}

function fromRow({ entities, ...row }: ApplicationRow): Application {
  return { ...commonOf(row), entities: fromJson(entities) }
}

function fromVersionRow(row: ApplicationVersionRow): ApplicationVersion {
  return { ...commonOf(row), entityCount: row.entity_count }
}

function commonOf(row: Omit<ApplicationVersionRow, "organisation">): Omit<Application, "entities"> {
  const { name, version, schema, policies, recorded, author, put_at: at } = row
  return { name, version, schema, policies, recorded: recorded === 1, author, putAt: fromTime(at) }
}
