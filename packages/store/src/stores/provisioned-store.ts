import type { ProvisionedPerson, ProvisionedStore } from "@tabard/control"
import type { Id } from "@tabard/core"
import { fromJson, fromTime, inPortions, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { ProvisionedPersonRow } from "../tables/provisioned.ts"
import { caselessKey } from "./caseless-key.ts"

/** Keeps what SCIM says of people in the table `provisioned_person`. */
export function provisionedStore({ db, organisation }: Scope): ProvisionedStore {
  const all = () => db.selectFrom("provisioned_person").where("organisation", "=", organisation)
  return {
    async put(person) {
      const row = toRow(person)
      const others = all()
        .selectAll()
        .where("user_name_key", "=", row.user_name_key)
        .where("user", "<>", person.user)
      const { numUpdatedRows } = await db
        .updateTable("provisioned_person")
        .set(row)
        .where("organisation", "=", organisation)
        .where("user", "=", person.user)
        .where((eb) => eb.not(eb.exists(others)))
        .executeTakeFirstOrThrow()
      if (numUpdatedRows === 1n) return true
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("provisioned_person")
        .values({ organisation, ...row })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async of(users) {
      const rows = await inPortions(users, (portion) =>
        all().selectAll().where("user", "in", portion).execute(),
      )
      return new Map(rows.map((row) => [row.user, fromRow(row)]))
    },

    async byUserName(userName) {
      const row = await all()
        .select("user")
        .where("user_name_key", "=", caselessKey(userName))
        .executeTakeFirst()
      return row?.user
    },

    async byExternalId(externalId) {
      return idsIn(await all().select("user").where("external_id", "=", externalId).orderBy("user").execute())
    },

    async count() {
      const { people, off } = await all()
        .select((eb) => [
          eb.fn.countAll<number>().as("people"),
          eb.fn.countAll<number>().filterWhere("switched_off", "=", 1).as("off"),
        ])
        .executeTakeFirstOrThrow()
      return { people, switchedOff: off }
    },

    async release(user) {
      const { numDeletedRows } = await db
        .deleteFrom("provisioned_person")
        .where("organisation", "=", organisation)
        .where("user", "=", user)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}

function idsIn(rows: readonly Pick<ProvisionedPersonRow, "user">[]): readonly Id<"user">[] {
  return rows.map(({ user }) => user)
}

function toRow(person: ProvisionedPerson): Omit<ProvisionedPersonRow, "organisation"> {
  return {
    user: person.user,
    user_name: person.userName,
    user_name_key: caselessKey(person.userName),
    external_id: person.externalId,
    words: toJson(person.words),
    switched_off: person.switchedOff ? 1 : 0,
    changed_at: toTime(person.changedAt),
  }
}

function fromRow(row: ProvisionedPersonRow): ProvisionedPerson {
  return {
    user: row.user,
    userName: row.user_name,
    externalId: row.external_id,
    words: fromJson(row.words),
    switchedOff: row.switched_off === 1,
    changedAt: fromTime(row.changed_at),
  }
}
