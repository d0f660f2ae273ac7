import type { DecisionQuery, DecisionStore, ForgottenCalls } from "@tabard/control"
import { type DecisionRecord, EFFECT_CLASSES, type EffectClass, isId } from "@tabard/core"
import { sql } from "kysely"
import { boundedLimit, fromJson, fromTime, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { DecisionPolicyRow, DecisionRow } from "../tables/authority.ts"
import { bitOf, listDecisions } from "./list-decisions.ts"

/** The most policies by which one decision is looked up. */
const MOST_POLICIES = 50

/** Keeps what was decided in the table `decision`, and by which policies in `decision_policy`. */
export function decisionStore(scope: Scope): DecisionStore {
  const { db, organisation } = scope
  return {
    async insert(decision) {
      await db
        .insertInto("decision")
        .values({ organisation, ...toRow(decision) })
        .execute()
      const policies = policyRows(scope, decision)
      if (policies.length > 0) await db.insertInto("decision_policy").values(policies).execute()
    },

    async find(id) {
      const row = await db
        .selectFrom("decision")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .executeTakeFirst()
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

    forgetArguments: (which) => forgetArguments(scope, which),

    async serversReached(task) {
      const rows = await db
        .selectFrom("decision")
        .select("resource")
        .distinct()
        .where("organisation", "=", organisation)
        .where("task", "=", task)
        .where((or) => or.or([or("effect", "=", "permit"), or("observed", "=", "let_through")]))
        .orderBy("resource")
        .execute()
      return rows.flatMap(({ resource }) => (isId("server", resource) ? [resource] : []))
    },

    list: async (query: DecisionQuery) => (await listDecisions(scope, query)).map(fromRow),
  }
}

async function forgetArguments({ db, organisation }: Scope, which: ForgottenCalls): Promise<number> {
  const kept = db
    .updateTable("decision")
    .set({ judged: null })
    .where("organisation", "=", organisation)
    .where("judged", "is not", null)
  const forgotten =
    "before" in which
      ? kept.where("at", "<", toTime(which.before))
      : "agent" in which
        ? kept.where("agent", "=", which.agent)
        : kept.where("on_behalf_of", "=", which.person)
  const { numUpdatedRows } = await forgotten.executeTakeFirst()
  return Number(numUpdatedRows)
}

function policyRows({ organisation }: Scope, { id, at, reasons }: DecisionRecord): DecisionPolicyRow[] {
  return [...new Set(reasons)]
    .slice(0, MOST_POLICIES)
    .map((policy) => ({ organisation, policy, at: toTime(at), decision: id }))
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
    observed: decision.observed,
    at: toTime(decision.at),
    on_behalf_of: decision.onBehalfOf ?? null,
    grounds: decision.grounds ? toJson(decision.grounds) : null,
    judged: decision.judged ? toJson(decision.judged) : null,
    effects: decision.effects ? bitsOf(decision.effects) : null,
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
    observed: row.observed,
    at: fromTime(row.at),
    ...(row.on_behalf_of !== null && { onBehalfOf: row.on_behalf_of }),
    ...(row.grounds !== null && { grounds: fromJson(row.grounds) }),
    ...(row.judged !== null && { judged: fromJson(row.judged) }),
    ...(row.effects !== null && { effects: classesIn(row.effects) }),
  }
}

function bitsOf(effects: readonly EffectClass[]): number {
  return effects.reduce((bits, effect) => bits | bitOf(effect), 0)
}

function classesIn(bits: number): readonly EffectClass[] {
  return EFFECT_CLASSES.filter((effect) => (bits & bitOf(effect)) !== 0)
}
