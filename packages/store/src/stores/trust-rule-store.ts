import type { TrustRuleStore } from "@tabard/control"
import type { TrustRule } from "@tabard/core"
import { sql } from "kysely"
import { boundedLimit, fromJson, fromTime, fromTimeOrNull, toJson, toTime, toTimeOrNull } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { TrustRuleRow } from "../tables/trust-rules.ts"
import { answeredAgents } from "./answered-agents.ts"

/** Written into the statement: a database matches it to the condition of the index only as a literal. */
const LIVE = sql<boolean>`removed_at is null`

/** Keeps trust rules in the table `trust_rule`. */
export function trustRuleStore(scope: Scope): TrustRuleStore {
  return { ...keeping(scope), ...lists(scope) }
}

function keeping({ db, organisation }: Scope): Pick<TrustRuleStore, "add" | "find" | "remove"> {
  return {
    async add(rule) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("trust_rule")
        .values({ organisation, ...toRow(rule) })
        .onConflict((conflict) => conflict.columns(["organisation", "agent", "name"]).where(LIVE).doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async find(id) {
      const row = await db
        .selectFrom("trust_rule")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .executeTakeFirst()
      return row && fromRow(row)
    },

    async remove(id, at) {
      const { numUpdatedRows } = await db
        .updateTable("trust_rule")
        .set({ removed_at: toTime(at) })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("removed_at", "is", null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function lists(scope: Scope): Pick<TrustRuleStore, "list" | "aboutIssuer"> {
  const { db, organisation } = scope
  const live = (limit: number) =>
    db
      .selectFrom("trust_rule")
      .selectAll()
      .where("organisation", "=", organisation)
      .where(LIVE)
      .orderBy("id")
      .limit(boundedLimit(limit))
  return {
    async list({ agent, answeredBy, after, limit }) {
      let query = live(limit)
      if (agent !== undefined) query = query.where("agent", "=", agent)
      if (answeredBy !== undefined) query = query.where("agent", "in", answeredAgents(scope, answeredBy))
      if (after !== undefined) query = query.where("id", ">", after)
      return (await query.execute()).map(fromRow)
    },

    async aboutIssuer(issuer, { instance, limit }) {
      let query = live(limit).where("issuer", "=", issuer)
      if (instance !== undefined) query = query.where("instance", "=", instance)
      return (await query.execute()).map(fromRow)
    },
  }
}

function toRow({ madeAt, removedAt, ...rule }: TrustRule): Omit<TrustRuleRow, "organisation"> {
  return {
    id: rule.id,
    agent: rule.agent,
    instance: rule.instance,
    name: rule.name,
    form: rule.form,
    fields: toJson(rule.fields),
    issuer: rule.issuer,
    audience: rule.audience,
    keys: toJson(rule.keys),
    conditions: toJson(rule.conditions),
    one_time: rule.oneTime ? 1 : 0,
    max_life: rule.maxLifeSeconds,
    counts: toJson(rule.counts),
    made_by: rule.madeBy,
    made_at: toTime(madeAt),
    removed_at: toTimeOrNull(removedAt),
  }
}

function fromRow({ one_time, max_life, made_by, made_at, removed_at, ...row }: TrustRuleRow): TrustRule {
  const { id, agent, instance, name, form, issuer, audience } = row
  return {
    id,
    agent,
    instance,
    name,
    form,
    fields: fromJson(row.fields),
    issuer,
    audience,
    keys: fromJson(row.keys),
    conditions: fromJson(row.conditions),
    oneTime: one_time === 1,
    maxLifeSeconds: max_life,
    counts: fromJson(row.counts),
    madeBy: made_by,
    madeAt: fromTime(made_at),
    removedAt: fromTimeOrNull(removed_at),
  }
}
