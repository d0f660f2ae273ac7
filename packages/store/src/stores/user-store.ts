import type { UserStore } from "@tabard/control"
import { ERASED_NAME, type Id } from "@tabard/core"
import { boundedLimit, inPortions, inWrites, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { behind } from "./behind.ts"
import { caselessKey } from "./caseless-key.ts"
import { knownPeople } from "./known-people.ts"
import { userManagers } from "./user-managers.ts"
import { flag, toUserRow, userFromRow } from "./user-rows.ts"

/** Keeps people in the table `user`; the email is compared by a key column without regard to case. */
export function userStore(scope: Scope): UserStore {
  const { db, organisation } = scope
  const users = () => db.selectFrom("user").where("organisation", "=", organisation)

  return {
    async insert(user) {
      await db
        .insertInto("user")
        .values({ organisation, ...toUserRow(user) })
        .execute()
    },

    async add(user) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("user")
        .values({ organisation, ...toUserRow(user) })
        .onConflict((conflict) => conflict.columns(["organisation", "email_key"]).doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async find(id) {
      const row = await users().selectAll().where("id", "=", id).executeTakeFirst()
      return row && userFromRow(row)
    },

    async findByEmail(email) {
      const row = await users().selectAll().where("email_key", "=", caselessKey(email)).executeTakeFirst()
      return row && userFromRow(row)
    },

    async findAll(ids) {
      const rows = await inPortions(ids, (portion) =>
        users().selectAll().where("id", "in", portion).orderBy("id").execute(),
      )
      return rows.map(userFromRow)
    },

    ...listing(scope),
    ...knownPeople(scope),

    async countAdministrators() {
      const { administrators } = await users()
        .select((eb) => eb.fn.countAll<number>().as("administrators"))
        .where("role", "=", "administrator")
        .where("active", "=", 1)
        .executeTakeFirstOrThrow()
      return administrators
    },

    ...many(scope),
    ...standing(scope),
    ...erasing(scope),
    ...roleChanges(scope),
    ...userManagers(scope),
  }
}

function many({ db, organisation }: Scope): Pick<UserStore, "addAll"> {
  return {
    async addAll(people) {
      let added = 0
      await inWrites(people, async (portion) => {
        const { numInsertedOrUpdatedRows } = await db
          .insertInto("user")
          .values(portion.map((user) => ({ organisation, ...toUserRow(user) })))
          .onConflict((conflict) => conflict.columns(["organisation", "email_key"]).doNothing())
          .executeTakeFirstOrThrow()
        added += Number(numInsertedOrUpdatedRows ?? 0)
      })
      return added
    },
  }
}

function standing({ db, organisation }: Scope): Pick<UserStore, "rename" | "setActive"> {
  return {
    async rename(id, name) {
      const { numUpdatedRows } = await db
        .updateTable("user")
        .set({ name })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("name", "<>", name)
        .where("erased_at", "is", null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async setActive(id, active) {
      const { numUpdatedRows } = await db
        .updateTable("user")
        .set({ active: flag(active), ...(active && { removed_at: null }) })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("active", "=", flag(!active))
        .where("erased_at", "is", null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function erasing({ db, organisation }: Scope): Pick<UserStore, "erase"> {
  return {
    async erase(id, at) {
      // Nobody has an address there (RFC 2606), and the key of an address has to differ from every other.
      const email = `${id}@erased.invalid`
      const { numUpdatedRows } = await db
        .updateTable("user")
        .set({
          name: ERASED_NAME,
          email,
          email_key: caselessKey(email),
          manager: null,
          erased_at: toTime(at),
        })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("active", "=", 0)
        .where("erased_at", "is", null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function listing({ db, organisation }: Scope): Pick<UserStore, "list" | "page"> {
  const users = () =>
    db.selectFrom("user").selectAll().where("organisation", "=", organisation).orderBy("name").orderBy("id")
  return {
    async list() {
      return (await users().execute()).map(userFromRow)
    },

    async page({ role, active, after, limit }) {
      let query = users().limit(boundedLimit(limit))
      if (role !== undefined) query = query.where("role", "=", role)
      if (active !== undefined) query = query.where("active", "=", flag(active))
      if (after) query = query.where(behind("rising", { name: after.name, id: after.id }))
      return (await query.execute()).map(userFromRow)
    },
  }
}

/** What may never leave an organisation without an active administrator: the statement that changes one asks for another. */
function roleChanges({ db, organisation }: Scope): Pick<UserStore, "setRole" | "deactivate"> {
  const administrators = db
    .selectFrom("user as other")
    .select((eb) => eb.fn.countAll<number>().as("administrators"))
    .where("other.organisation", "=", organisation)
    .where("other.role", "=", "administrator")
    .where("other.active", "=", 1)
  const update = (id: Id<"user">, keeps: boolean) =>
    db
      .updateTable("user")
      .where("organisation", "=", organisation)
      .where("id", "=", id)
      .where((eb) =>
        eb.or([
          eb(eb.val(keeps ? 1 : 0), "=", 1),
          eb("role", "<>", "administrator"),
          eb("active", "=", 0),
          eb(administrators, ">", 1),
        ]),
      )
  return {
    async setRole(id, role) {
      const { numUpdatedRows } = await update(id, role === "administrator")
        .set({ role })
        .where("role", "<>", role)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async deactivate(id) {
      const { numUpdatedRows } = await update(id, false)
        .set({ active: 0 })
        .where("active", "=", 1)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}
