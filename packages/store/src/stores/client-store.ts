import type { ClientStore } from "@tabard/control"
import type { Client, ClientRule } from "@tabard/core"
import { boundedLimit, fromJson, fromTime, fromTimeOrNull, toJson, toTime, toTimeOrNull } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { ClientRow, ClientRuleRow } from "../tables/clients.ts"

/** Keeps registered clients in the table `client`, and the rules of adoption in `client_rule`. */
export function clientStore(scope: Scope): ClientStore {
  return { ...clients(scope), ...rules(scope) }
}

function clients({ db, organisation }: Scope): Pick<ClientStore, "insert" | "find" | "list" | "remove"> {
  const rows = () => db.selectFrom("client").selectAll().where("organisation", "=", organisation)
  return {
    async insert(client) {
      await db
        .insertInto("client")
        .values({ organisation, ...toRow(client) })
        .execute()
    },

    async find(id) {
      const row = await rows().where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)
    },

    async list({ after, limit }) {
      let query = rows().where("removed_at", "is", null).orderBy("id").limit(boundedLimit(limit))
      if (after !== undefined) query = query.where("id", ">", after)
      return (await query.execute()).map(fromRow)
    },

    async remove(id, at) {
      const { numUpdatedRows } = await db
        .updateTable("client")
        .set({ removed_at: toTime(at) })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("removed_at", "is", null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function rules({
  db,
  organisation,
}: Scope): Pick<ClientStore, "addRule" | "listRules" | "ruleFor" | "removeRule"> {
  const inForce = () =>
    db
      .selectFrom("client_rule")
      .selectAll()
      .where("organisation", "=", organisation)
      .where("removed_at", "is", null)
  return {
    async addRule(rule) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("client_rule")
        .values({ organisation, ...toRuleRow(rule) })
        .onConflict((conflict) =>
          conflict.columns(["organisation", "match"]).where("removed_at", "is", null).doNothing(),
        )
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async listRules({ after, limit }) {
      let query = inForce().orderBy("id").limit(boundedLimit(limit))
      if (after !== undefined) query = query.where("id", ">", after)
      return (await query.execute()).map(fromRuleRow)
    },

    async ruleFor(matches) {
      if (matches.length === 0) return undefined
      const found = (await inForce().where("match", "in", matches).execute()).map(fromRuleRow)
      return matches.flatMap((match) => found.filter((rule) => rule.match === match))[0]
    },

    async removeRule(id, at) {
      const row = await db
        .updateTable("client_rule")
        .set({ removed_at: toTime(at) })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("removed_at", "is", null)
        .returningAll()
        .executeTakeFirst()
      return row && fromRuleRow(row)
    },
  }
}

function toRow(client: Client): Omit<ClientRow, "organisation"> {
  return {
    id: client.id,
    name: client.name,
    redirect_uris: toJson(client.redirectUris),
    keys: toJson(client.keys),
    created_by: client.createdBy,
    created_at: toTime(client.createdAt),
    removed_at: toTimeOrNull(client.removedAt),
  }
}

function fromRow(row: ClientRow): Client {
  return {
    id: row.id,
    name: row.name,
    redirectUris: fromJson(row.redirect_uris),
    keys: fromJson(row.keys),
    createdBy: row.created_by,
    createdAt: fromTime(row.created_at),
    removedAt: fromTimeOrNull(row.removed_at),
  }
}

function toRuleRow(rule: ClientRule): Omit<ClientRuleRow, "organisation"> {
  const { createdBy, createdAt, removedAt, ...rest } = rule
  return {
    ...rest,
    created_by: createdBy,
    created_at: toTime(createdAt),
    removed_at: toTimeOrNull(removedAt),
  }
}

function fromRuleRow(row: ClientRuleRow): ClientRule {
  return {
    id: row.id,
    match: row.match,
    purpose: row.purpose,
    tier: row.tier,
    days: row.days,
    createdBy: row.created_by,
    createdAt: fromTime(row.created_at),
    removedAt: fromTimeOrNull(row.removed_at),
  }
}
