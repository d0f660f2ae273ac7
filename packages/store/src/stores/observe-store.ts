import type { ObservedCall, ObservePeriod, ObserveStore, Rehearsal } from "@tabard/control"
import { sql } from "kysely"
import { boundedLimit, fromJson, fromTime, fromTimeOrNull, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { ObservedCallRow, ObservePeriodRow, RehearsalRow } from "../tables/observe.ts"

/** The longest before its end that people are told of it; of a short period, when a quarter is left. */
const WARNED_MS = 24 * 60 * 60 * 1000

/** Keeps which agents observe in `observe_period`, and what was seen of them in `observed_call`. */
export function observeStore(scope: Scope): ObserveStore {
  return { ...starting(scope), ...periods(scope), ...ending(scope), ...observed(scope), ...rehearsals(scope) }
}

function starting(scope: Scope): Pick<ObserveStore, "start"> {
  const { db, organisation } = scope
  return {
    async start({ agent, startedAt, startedBy, reason, environment, endsAt }) {
      const period = {
        started_at: toTime(startedAt),
        started_by: startedBy,
        reason,
        environment,
        ends_at: toTime(endsAt),
        ended_at: null,
        ended_by: null,
        calls: 0,
        warned_at: null,
      }
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("observe_period")
        .values({ organisation, agent, ...period })
        .onConflict((conflict) =>
          conflict
            .columns(["organisation", "agent"])
            .doUpdateSet(period)
            .where((eb) =>
              eb.or([
                eb("observe_period.ended_at", "is not", null),
                eb("observe_period.ends_at", "<=", toTime(startedAt)),
              ]),
            ),
        )
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows !== 1n) return false
      await observed(scope).forget({ agent })
      return true
    },
  }
}

function periods({ db, organisation }: Scope): Pick<ObserveStore, "end" | "find" | "count" | "running"> {
  return {
    async end(agent, by, at) {
      const { numUpdatedRows } = await db
        .updateTable("observe_period")
        .set({ ended_at: toTime(at), ended_by: by })
        .where("organisation", "=", organisation)
        .where("agent", "=", agent)
        .where("ended_at", "is", null)
        .where("ends_at", ">", toTime(at))
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async running(now) {
      const rows = await db
        .selectFrom("observe_period")
        .select("agent")
        .where("organisation", "=", organisation)
        .where("ended_at", "is", null)
        .where("ends_at", ">", toTime(now))
        .orderBy("agent")
        .execute()
      return rows.map(({ agent }) => agent)
    },

    async find(agent) {
      const row = await db
        .selectFrom("observe_period")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("agent", "=", agent)
        .executeTakeFirst()
      return row && periodOf(row)
    },

    async count(agent, { now, more }) {
      const row = await db
        .updateTable("observe_period")
        .set((eb) => ({ calls: eb("calls", "+", more) }))
        .where("organisation", "=", organisation)
        .where("agent", "=", agent)
        .where("ended_at", "is", null)
        .where("ends_at", ">", toTime(now))
        .returning("calls")
        .executeTakeFirst()
      return row?.calls
    },
  }
}

function ending({ db, organisation }: Scope): Pick<ObserveStore, "lapse" | "warn"> {
  return {
    async lapse(now, limit) {
      const rows = await db
        .updateTable("observe_period")
        .set((eb) => ({ ended_at: eb.ref("ends_at") }))
        .where("organisation", "=", organisation)
        .where("agent", "in", (eb) =>
          eb
            .selectFrom("observe_period")
            .select("agent")
            .where("organisation", "=", organisation)
            .where("ended_at", "is", null)
            .where("ends_at", "<=", toTime(now))
            .limit(boundedLimit(limit)),
        )
        .where("ended_at", "is", null)
        .returningAll()
        .execute()
      return rows.map(periodOf)
    },

    async warn(now, limit) {
      const at = toTime(now)
      const rows = await db
        .updateTable("observe_period")
        .set({ warned_at: at })
        .where("organisation", "=", organisation)
        .where("agent", "in", (eb) =>
          eb
            .selectFrom("observe_period")
            .select("agent")
            .where("organisation", "=", organisation)
            .where("ended_at", "is", null)
            .where("warned_at", "is", null)
            .where("ends_at", ">", at)
            .where("ends_at", "<=", at + WARNED_MS)
            .where(sql<boolean>`4 * (ends_at - cast(${at} as bigint)) <= ends_at - started_at`)
            .limit(boundedLimit(limit)),
        )
        .where("warned_at", "is", null)
        .returningAll()
        .execute()
      return rows.map(periodOf)
    },
  }
}

function observed({ db, organisation }: Scope): Pick<ObserveStore, "keep" | "calls" | "forget"> {
  return {
    async keep(call) {
      await db
        .insertInto("observed_call")
        .values({ organisation, ...callRow(call) })
        .execute()
    },

    async calls(agent, limit) {
      const rows = await db
        .selectFrom("observed_call")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("agent", "=", agent)
        .orderBy("at", "desc")
        .orderBy("decision", "desc")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(callOf)
    },

    async forget(which) {
      const all = db.deleteFrom("observed_call").where("organisation", "=", organisation)
      const some =
        "before" in which
          ? all.where("at", "<", toTime(which.before))
          : "agent" in which
            ? all.where("agent", "=", which.agent)
            : all.where("decision", "in", (eb) =>
                eb
                  .selectFrom("decision")
                  .select("id")
                  .where("organisation", "=", organisation)
                  .where("on_behalf_of", "=", which.person),
              )
      return Number((await some.executeTakeFirstOrThrow()).numDeletedRows)
    },
  }
}

function rehearsals({ db, organisation }: Scope): Pick<ObserveStore, "recordRehearsal" | "rehearsal"> {
  return {
    async recordRehearsal({ agent, tier, bounds, tools, calls, recordedAt, recordedBy }) {
      const told = {
        tier,
        bounds,
        tools: toJson(tools),
        calls,
        recorded_at: toTime(recordedAt),
        recorded_by: recordedBy,
      }
      await db
        .insertInto("rehearsal")
        .values({ organisation, agent, ...told })
        .onConflict((conflict) => conflict.columns(["organisation", "agent"]).doUpdateSet(told))
        .execute()
    },

    async rehearsal(agent) {
      const row = await db
        .selectFrom("rehearsal")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("agent", "=", agent)
        .executeTakeFirst()
      return row && rehearsalOf(row)
    },
  }
}

function rehearsalOf(row: RehearsalRow): Rehearsal {
  const { agent, tier, bounds, tools, calls, recorded_at, recorded_by } = row
  const recorded = { recordedAt: fromTime(recorded_at), recordedBy: recorded_by }
  return { agent, tier, bounds, tools: fromJson(tools), calls, ...recorded }
}

function periodOf(row: ObservePeriodRow): ObservePeriod {
  return {
    agent: row.agent,
    startedAt: fromTime(row.started_at),
    startedBy: row.started_by,
    reason: row.reason,
    environment: row.environment,
    endsAt: fromTime(row.ends_at),
    endedAt: fromTimeOrNull(row.ended_at),
    endedBy: row.ended_by,
    calls: row.calls,
  }
}

function callRow(call: ObservedCall): Omit<ObservedCallRow, "organisation"> {
  const { at, reasons, arguments: args, withheld, circumstances, ...plain } = call
  return {
    ...plain,
    at: toTime(at),
    reasons: toJson(reasons),
    arguments: args && toJson(args),
    withheld: toJson(withheld),
    circumstances: toJson(circumstances),
  }
}

function callOf(row: ObservedCallRow): ObservedCall {
  const { organisation: _, at, reasons, arguments: args, withheld, circumstances, ...plain } = row
  return {
    ...plain,
    at: fromTime(at),
    reasons: fromJson(reasons),
    arguments: args && fromJson(args),
    withheld: fromJson(withheld),
    circumstances: fromJson(circumstances),
  }
}
