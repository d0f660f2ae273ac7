import type { ClientGrantStore } from "@tabard/control"
import type { ClientGrant } from "@tabard/core"
import { boundedLimit, fromTime, fromTimeOrNull, toTime, toTimeOrNull } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { ClientGrantRow } from "../tables/clients.ts"

/** Keeps what people let clients do in the table `client_grant`. */
export function clientGrantStore(scope: Scope): ClientGrantStore {
  return { ...reading(scope), ...changing(scope) }
}

function reading({
  db,
  organisation,
}: Scope): Pick<ClientGrantStore, "find" | "byId" | "ofInstance" | "list"> {
  const rows = () => db.selectFrom("client_grant").selectAll().where("organisation", "=", organisation)
  return {
    async find(user, client) {
      const row = await rows().where("user", "=", user).where("client", "=", client).executeTakeFirst()
      return row && fromRow(row)
    },

    async byId(id) {
      const row = await rows().where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)
    },

    async ofInstance(instance) {
      const row = await rows().where("instance", "=", instance).executeTakeFirst()
      return row && fromRow(row)
    },

    async list({ user, client, after, limit }) {
      let query = rows()
        .where("agreed_at", "is not", null)
        .where("ended_at", "is", null)
        .orderBy("id")
        .limit(boundedLimit(limit))
      if (user !== undefined) query = query.where("user", "=", user)
      if (client !== undefined) query = query.where("client", "=", client)
      if (after !== undefined) query = query.where("id", ">", after)
      return (await query.execute()).map(fromRow)
    },
  }
}

function changing({
  db,
  organisation,
}: Scope): Pick<ClientGrantStore, "ask" | "askAnew" | "agree" | "end" | "putOut"> {
  const change = (id: ClientGrant["id"]) =>
    db.updateTable("client_grant").where("organisation", "=", organisation).where("id", "=", id)
  return {
    async ask(grant) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("client_grant")
        .values({ organisation, ...toRow(grant) })
        .onConflict((conflict) => conflict.columns(["organisation", "user", "client"]).doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async askAnew(id, { agent, name, askedAt }) {
      await change(id)
        .set({
          agent,
          name,
          asked_at: toTime(askedAt),
          instance: null,
          agreed_at: null,
          ended_at: null,
          signed_out: 0,
        })
        .execute()
    },

    async agree(id, { agent, instance, name, at }) {
      await change(id)
        .set({ agent, instance, name, agreed_at: toTime(at), ended_at: null, signed_out: 0 })
        .execute()
    },

    async end(id, { at, signedOut }) {
      const { numUpdatedRows } = await change(id)
        .set({ ended_at: toTime(at), signed_out: signedOut ? 1 : 0 })
        .where("agreed_at", "is not", null)
        .where((eb) => eb.or([eb("ended_at", "is", null), ...(signedOut ? [] : [eb("signed_out", "=", 1)])]))
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async putOut(user) {
      await db
        .updateTable("client_grant")
        .set({ signed_out: 0 })
        .where("organisation", "=", organisation)
        .where("user", "=", user)
        .where("signed_out", "=", 1)
        .execute()
    },
  }
}

function toRow(grant: ClientGrant): Omit<ClientGrantRow, "organisation"> {
  const { askedAt, agreedAt, endedAt, signedOut, ...rest } = grant
  return {
    ...rest,
    asked_at: toTime(askedAt),
    agreed_at: toTimeOrNull(agreedAt),
    ended_at: toTimeOrNull(endedAt),
    signed_out: signedOut ? 1 : 0,
  }
}

function fromRow(row: ClientGrantRow): ClientGrant {
  return {
    id: row.id,
    user: row.user,
    client: row.client,
    name: row.name,
    agent: row.agent,
    instance: row.instance,
    askedAt: fromTime(row.asked_at),
    agreedAt: fromTimeOrNull(row.agreed_at),
    endedAt: fromTimeOrNull(row.ended_at),
    signedOut: row.signed_out === 1,
  }
}
