import type { UserStore } from "@tabard/control"
import { LONGEST_LINE } from "@tabard/core"
import { sql } from "kysely"
import type { Scope } from "../scope.ts"

/** Keeps whom each person answers to, so that no line of managers leads back to where it began or has no end. */
export function userManagers({ db, organisation }: Scope): Pick<UserStore, "setManager"> {
  return {
    async setManager(id, manager) {
      if (manager === null) {
        const { numUpdatedRows } = await db
          .updateTable("user")
          .set({ manager: null })
          .where("organisation", "=", organisation)
          .where("id", "=", id)
          .where("manager", "is not", null)
          .executeTakeFirstOrThrow()
        return numUpdatedRows === 1n
      }
      // Both lines are walked within the statement: up from the new manager, and down from the person.
      const { numAffectedRows } = await sql`
        with recursive above (id, steps) as (
          select id, 1 from "user" where organisation = ${organisation} and id = ${manager}
          union all
          select "user".manager, above.steps + 1 from above join "user" on "user".id = above.id
          where "user".organisation = ${organisation} and "user".manager is not null and above.steps <= ${LONGEST_LINE}
        ), below (id, steps) as (
          select id, 0 from "user" where organisation = ${organisation} and id = ${id}
          union all
          select "user".id, below.steps + 1 from below join "user" on "user".manager = below.id
          where "user".organisation = ${organisation} and below.steps <= ${LONGEST_LINE}
        )
        update "user" set manager = ${manager}
        where organisation = ${organisation} and id = ${id} and (manager is null or manager <> ${manager})
          and ${id} not in (select above.id from above)
          and (select max(steps) from above) + (select max(steps) from below) <= ${LONGEST_LINE}`.execute(db)
      return numAffectedRows === 1n
    },
  }
}
