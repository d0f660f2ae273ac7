import type { EnforcementPoint, EnforcementPointStore, RegisteredPoint } from "@tabard/control"
import { boundedLimit, fromJson, fromTime, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { EnforcementPointRow } from "../tables/authority.ts"

/** Keeps doors in the table `enforcement_point`; those that a person registered name their API token. */
export function enforcementPointStore(scope: Scope): EnforcementPointStore {
  return { ...ourDoors(scope), ...registering(scope), ...registered(scope) }
}

function ourDoors({ db, organisation }: Scope): Pick<EnforcementPointStore, "ensure" | "find"> {
  const points = () => db.selectFrom("enforcement_point").selectAll().where("organisation", "=", organisation)
  return {
    async ensure(point) {
      await db
        .insertInto("enforcement_point")
        .values({ organisation, ...toRow(point), ...NOBODYS })
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

function registering({ db, organisation }: Scope): Pick<EnforcementPointStore, "register" | "remove"> {
  return {
    async register(point) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("enforcement_point")
        .values({
          organisation,
          ...toRow(point),
          api_token: point.apiToken,
          applications: toJson(point.applications),
          recorded: point.recorded ? 1 : 0,
          registered_by: point.registeredBy,
          registered_at: toTime(point.registeredAt),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async remove(id) {
      const { numDeletedRows } = await db
        .deleteFrom("enforcement_point")
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("api_token", "is not", null)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}

function registered({
  db,
  organisation,
}: Scope): Pick<EnforcementPointStore, "registered" | "ofToken" | "list"> {
  const points = () =>
    db
      .selectFrom("enforcement_point")
      .selectAll()
      .where("organisation", "=", organisation)
      .where("api_token", "is not", null)
  return {
    async registered(id) {
      const row = await points().where("id", "=", id).executeTakeFirst()
      return row && registeredFrom(row)
    },

    async ofToken(token) {
      const row = await points().where("api_token", "=", token).executeTakeFirst()
      return row && registeredFrom(row)
    },

    async list({ after, limit }) {
      let query = points().orderBy("id").limit(boundedLimit(limit))
      if (after !== undefined) query = query.where("id", ">", after)
      return (await query.execute()).flatMap((row) => registeredFrom(row) ?? [])
    },
  }
}

const NOBODYS = {
  api_token: null,
  applications: null,
  recorded: null,
  registered_by: null,
  registered_at: null,
} as const

function toRow(
  point: EnforcementPoint,
): Pick<EnforcementPointRow, "id" | "name" | "kind" | "subjects" | "asserts"> {
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

function registeredFrom(row: EnforcementPointRow): RegisteredPoint | undefined {
  const { api_token: apiToken, applications, registered_by: registeredBy, registered_at: at } = row
  if (apiToken === null || applications === null || registeredBy === null || at === null) return undefined
  return {
    ...fromRow(row),
    apiToken,
    applications: fromJson(applications),
    recorded: row.recorded === 1,
    registeredBy,
    registeredAt: fromTime(at),
  }
}
