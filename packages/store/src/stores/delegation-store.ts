import type { DelegationStore } from "@tabard/control"
import type { Delegation } from "@tabard/core"
import {
  boundedLimit,
  countOf,
  fromJson,
  fromTime,
  fromTimeOrNull,
  toJson,
  toTime,
  toTimeOrNull,
} from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { DelegationRow } from "../tables/delegations.ts"

/** Keeps who may act for whom in the table `delegation`. */
export function delegationStore(scope: Scope): DelegationStore {
  return { ...answers(scope), ...changes(scope) }
}

function answers({
  db,
  organisation,
}: Scope): Pick<DelegationStore, "find" | "between" | "list" | "countStanding"> {
  const rows = () => db.selectFrom("delegation").selectAll().where("organisation", "=", organisation)
  const live = () => rows().where("withdrawn_at", "is", null)
  return {
    async find(id) {
      const row = await rows().where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)
    },

    async between(from, to) {
      const row = await live().where("from_agent", "=", from).where("to_agent", "=", to).executeTakeFirst()
      return row && fromRow(row)
    },

    async list({ agent, after, limit }) {
      let query = live().orderBy("id", "desc").limit(boundedLimit(limit))
      if (agent !== undefined)
        query = query.where((eb) => eb.or([eb("from_agent", "=", agent), eb("to_agent", "=", agent)]))
      if (after !== undefined) query = query.where("id", "<", after)
      return (await query.execute()).map(fromRow)
    },

    countStanding: (ids, now) =>
      countOf(ids, (portion) =>
        db
          .selectFrom("delegation")
          .select(({ fn }) => fn.countAll<number>().as("many"))
          .where("organisation", "=", organisation)
          .where("id", "in", portion)
          .where("withdrawn_at", "is", null)
          .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", toTime(now))]))
          .execute(),
      ),
  }
}

function changes({ db, organisation }: Scope): Pick<DelegationStore, "allow" | "withdraw"> {
  return {
    async allow(delegation) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("delegation")
        .values({ organisation, ...toRow(delegation) })
        .onConflict((conflict) =>
          conflict
            .columns(["organisation", "from_agent", "to_agent"])
            .where("withdrawn_at", "is", null)
            .doNothing(),
        )
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async withdraw(id, at) {
      const { numUpdatedRows } = await db
        .updateTable("delegation")
        .set({ withdrawn_at: toTime(at) })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("withdrawn_at", "is", null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function toRow(delegation: Delegation): Omit<DelegationRow, "organisation"> {
  return {
    id: delegation.id,
    from_agent: delegation.from,
    to_agent: delegation.to,
    scope: delegation.scope && toJson(delegation.scope),
    allowed_by: delegation.allowedBy,
    allowed_at: toTime(delegation.allowedAt),
    expires_at: toTimeOrNull(delegation.expiresAt),
    withdrawn_at: toTimeOrNull(delegation.withdrawnAt),
  }
}

function fromRow(row: DelegationRow): Delegation {
  return {
    id: row.id,
    from: row.from_agent,
    to: row.to_agent,
    scope: row.scope && fromJson(row.scope),
    allowedBy: row.allowed_by,
    allowedAt: fromTime(row.allowed_at),
    expiresAt: fromTimeOrNull(row.expires_at),
    withdrawnAt: fromTimeOrNull(row.withdrawn_at),
  }
}
