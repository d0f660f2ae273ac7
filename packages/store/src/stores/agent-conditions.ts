import { type AgentQuery, NOT_SCORED } from "@tabard/control"
import { bandScores, CATEGORIES, type Category, type RiskBand } from "@tabard/core"
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely"
import { toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { Tables } from "../tables/tables.ts"
import { isOrphaned } from "./agent-counts.ts"
import { answeredAgents } from "./answered-agents.ts"
import { whollyVanished } from "./vanished.ts"

type Agents = ExpressionBuilder<Tables, "agent">

/** Says in SQL which agents are asked for. */
export function agentConditions(eb: Agents, scope: Scope, query: AgentQuery): readonly Expression<SqlBool>[] {
  return [...standing(eb, scope, query), ...answering(eb, scope, query), ...described(eb, query)]
}

function standing(
  eb: Agents,
  scope: Scope,
  { state, discoveredBy, vanished, after }: AgentQuery,
): Expression<SqlBool>[] {
  const wanted: Expression<SqlBool>[] = []
  if (state !== undefined) wanted.push(eb("state", "=", state))
  if (discoveredBy) wanted.push(eb("state", "=", "discovered"), eb("created_at", "<=", toTime(discoveredBy)))
  if (vanished !== undefined) wanted.push(whollyVanished(scope, "agent", vanished))
  if (after !== undefined) wanted.push(eb("id", ">", after))
  return wanted
}

function answering(
  eb: Agents,
  scope: Scope,
  { owner, answeredBy, orphaned }: AgentQuery,
): Expression<SqlBool>[] {
  const wanted: Expression<SqlBool>[] = []
  if (owner !== undefined) wanted.push(eb("owner", "=", owner))
  if (answeredBy !== undefined) wanted.push(eb("id", "in", answeredAgents(scope, answeredBy)))
  if (orphaned !== undefined) wanted.push(orphaned ? isOrphaned(eb) : eb.not(isOrphaned(eb)))
  return wanted
}

function described(eb: Agents, { category, tier, band }: AgentQuery): Expression<SqlBool>[] {
  const wanted: Expression<SqlBool>[] = []
  if (tier !== undefined) wanted.push(eb("tier", "=", tier))
  if (category !== undefined) wanted.push(isOfCategory(category))
  if (band !== undefined) wanted.push(eb("state", "not in", NOT_SCORED), isInBand(band))
  return wanted
}

/** The strongest kind of word holds, then the newest, then by source. */
function isOfCategory(category: Category | "unknown"): Expression<SqlBool> {
  const said = sql`(select value from fact where fact.organisation = agent.organisation and fact.subject = agent.id
    and fact.name = 'category'
    order by case fact.kind when 'overridden' then 2 when 'declared' then 1 else 0 end desc, fact.at desc,
      fact.source desc limit 1)`
  const holds =
    category === "unknown"
      ? sql<SqlBool>`coalesce(${said}, '') not in (${sql.join(CATEGORIES.map(toJson))})`
      : sql<SqlBool>`${said} = ${toJson(category)}`
  return oftenTrue(holds)
}

function isInBand(band: RiskBand): Expression<SqlBool> {
  const { least, greatest } = bandScores(band)
  return oftenTrue(sql<SqlBool>`(select score from risk_score where risk_score.organisation = agent.organisation
    and risk_score.agent = agent.id order by risk_score.at desc limit 1) between ${least} and ${greatest}`)
}

/** PostgreSQL takes what it cannot estimate for rare, and would ask it of every agent; so it takes it for every second one. */
function oftenTrue(condition: Expression<SqlBool>): Expression<SqlBool> {
  return sql<SqlBool>`coalesce(${condition}, ${sql.lit(false)})`
}
