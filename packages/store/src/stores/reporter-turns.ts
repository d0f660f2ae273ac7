import type { ReporterStore } from "@tabard/control"
import type { Id } from "@tabard/core"
import { sql } from "kysely"
import { fromTime, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"

/** Keeps, in the reporter's own row, whose turn it is to send and how fast; each is one conditional statement. */
export function reporterTurns(scope: Scope): Pick<ReporterStore, "admit" | "finish" | "refuse"> {
  return { ...beginning(scope), ...ending(scope) }
}

function rowIn({ db, organisation }: Scope, id: Id<"reporter">) {
  return db.updateTable("reporter").where("organisation", "=", organisation).where("id", "=", id)
}

function beginning(scope: Scope): Pick<ReporterStore, "admit"> {
  const { db, organisation } = scope
  return {
    async admit(id, { now, until, pace }) {
      const at = toTime(now)
      const paced = sql.ref<number>("paced_until")
      const { numUpdatedRows } = await rowIn(scope, id)
        .set({
          turn_until: toTime(until),
          paced_until: sql<number>`case when ${paced} > ${at} then ${paced} else ${at} end + ${pace.every}`,
        })
        .where("revoked_at", "is", null)
        .where("turn_until", "<=", at)
        .where("paced_until", "<=", at + pace.every * (pace.burst - 1))
        .executeTakeFirstOrThrow()
      if (numUpdatedRows === 1n) return { kind: "admitted" }
      const found = await db
        .selectFrom("reporter")
        .select(["turn_until", "paced_until"])
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("revoked_at", "is", null)
        .executeTakeFirst()
      if (!found) return undefined
      const nextByPace = found.paced_until - pace.every * (pace.burst - 1)
      return { kind: "wait", until: fromTime(Math.max(found.turn_until, nextByPace)) }
    },
  }
}

function ending(scope: Scope): Pick<ReporterStore, "finish" | "refuse"> {
  return {
    async finish(id, { scan, at, agents, unreadable }, putOff) {
      await rowIn(scope, id)
        .set((eb) => ({
          turn_until: 0,
          paced_until: eb("paced_until", "+", putOff),
          reports: eb("reports", "+", 1),
          last_scan: scan,
          last_report_at: toTime(at),
          last_agents: agents,
          last_unreadable: unreadable,
        }))
        .execute()
    },

    async refuse(id, { at, why, toldBefore }) {
      await rowIn(scope, id)
        .set((eb) => ({
          turn_until: 0,
          refused: eb("refused", "+", 1),
          last_refusal: why,
          last_refused_at: toTime(at),
        }))
        .execute()
      const { numUpdatedRows } = await rowIn(scope, id)
        .set({ refusal_told_at: toTime(at) })
        .where("refusal_told_at", "<", toTime(toldBefore))
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}
