import type { MaintainerStore } from "@tabard/control"
import { fromTime, inPortions, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { maintainingTeams } from "./maintaining-teams.ts"

/** Keeps who helps with which agent in the table `maintainer`. */
export function maintainerStore(scope: Scope): MaintainerStore {
  const { db, organisation } = scope
  return {
    ...maintainingTeams(scope),

    async add({ agent, user, addedBy, addedAt }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("maintainer")
        .values({ organisation, agent, user, added_by: addedBy, added_at: toTime(addedAt) })
        .onConflict((conflict) => conflict.columns(["organisation", "agent", "user"]).doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async remove(agent, user) {
      const { numDeletedRows } = await db
        .deleteFrom("maintainer")
        .where("organisation", "=", organisation)
        .where("agent", "=", agent)
        .where("user", "=", user)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },

    async of(agents) {
      const rows = await inPortions(agents, (portion) =>
        db
          .selectFrom("maintainer")
          .selectAll()
          .where("organisation", "=", organisation)
          .where("agent", "in", portion)
          .orderBy("agent")
          .orderBy("added_at")
          .orderBy("user")
          .execute(),
      )
      return rows.map(({ agent, user, added_by, added_at }) => ({
        agent,
        user,
        addedBy: added_by,
        addedAt: fromTime(added_at),
      }))
    },
  }
}
