import type { DecisionStore } from "@tabard/control"
import type { DecisionRecord } from "@tabard/core"
import { sql } from "kysely"
import { boundedLimit, fromJson, fromTime, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { DecisionRow } from "../tables/authority.ts"
import { answeredAgents } from "./answered-agents.ts"

/** Keeps what was decided in the table `decision`. */
export function decisionStore(scope: Scope): DecisionStore {
  const { db, organisation } = scope
  const decisions = () => db.selectFrom("decision").selectAll().where("organisation", "=", organisation)

  return {
    async insert(decision) {
      await db
        .insertInto("decision")
        .values({ organisation, ...toRow(decision) })
        .execute()
    },

    async find(id) {
      const row = await decisions().where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)
    },

    async limited(agent, limit) {
      const rows = await db
        .selectFrom("decision")
        .select("at")
        .where("organisation", "=", organisation)
        .where("agent", "=", agent)
        // Written out, since its index holds these alone and is taken only where that is plain to see.
        .where("code", "=", sql.lit("limit_reached"))
        .orderBy("at", "desc")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(({ at }) => fromTime(at))
    },

    async list({ agent, call, action, answeredBy, limit }) {
      let query = decisions().orderBy("at", "desc").orderBy("id", "desc").limit(boundedLimit(limit))
      if (agent !== undefined) query = query.where("agent", "=", agent)
      if (call !== undefined) query = query.where("call", "=", call)
      if (action !== undefined) query = query.where("action", "=", action)
      if (answeredBy !== undefined) query = query.where("agent", "in", answeredAgents(scope, answeredBy))
      return (await query.execute()).map(fromRow)
    },
  }
}

function toRow(decision: DecisionRecord): Omit<DecisionRow, "organisation"> {
  return {
    id: decision.id,
    call: decision.call,
    agent: decision.agent,
    task: decision.task,
    action: decision.action,
    resource: decision.resource,
    effect: decision.effect,
    code: decision.code,
    reasons: toJson(decision.reasons),
    approval: decision.approval,
    version: decision.version,
    at: toTime(decision.at),
  }
}

function fromRow(row: DecisionRow): DecisionRecord {
  return {
    id: row.id,
    call: row.call,
    agent: row.agent,
    task: row.task,
    action: row.action,
    resource: row.resource,
    effect: row.effect,
    code: row.code,
    reasons: fromJson(row.reasons),
    approval: row.approval,
    version: row.version,
    at: fromTime(row.at),
  }
}
