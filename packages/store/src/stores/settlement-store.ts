import type { SettlementStore } from "@tabard/control"
import type { Settlement } from "@tabard/core"
import { fromTime, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { SettlementRow } from "../tables/lifecycle.ts"

/** Keeps how credentials were settled in the table `settlement`. */
export function settlementStore({ db, organisation }: Scope): SettlementStore {
  return {
    async settle({ agent, credential, how, by, outcome, at }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("settlement")
        .values({ organisation, agent, credential, how, settled_by: by, outcome, settled_at: toTime(at) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async of(agent) {
      const rows = await db
        .selectFrom("settlement")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("agent", "=", agent)
        .orderBy("credential")
        .execute()
      return rows.map(fromRow)
    },
  }
}

function fromRow({ agent, credential, how, settled_by, outcome, settled_at }: SettlementRow): Settlement {
  return { agent, credential, how, by: settled_by, outcome, at: fromTime(settled_at) }
}
