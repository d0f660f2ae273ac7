import type { DecisionQuery } from "@tabard/control"
import { EFFECT_CLASSES, type EffectClass } from "@tabard/core"
import { type RawBuilder, type SelectQueryBuilder, sql } from "kysely"
import { boundedLimit, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { DecisionRow } from "../tables/authority.ts"
import type { Tables } from "../tables/tables.ts"
import { answeredAgents } from "./answered-agents.ts"
import { behind } from "./behind.ts"

/** Comes behind the slash that parts a server's name from its tool's. */
const BEHIND_SLASH = String.fromCodePoint("/".charCodeAt(0) + 1)

/** An index holds what was not permitted alone, and is taken only where that is plain to see. */
const NOT_PERMITTED = sql<boolean>`effect <> 'permit'`

/** Answers the bit by which a class of effects is kept. */
export function bitOf(effect: EffectClass): number {
  return 1 << EFFECT_CLASSES.indexOf(effect)
}

/** As the index of the class spells it, by which alone it is taken. */
function hasEffect(effect: EffectClass): RawBuilder<boolean> {
  return sql<boolean>`(effects & ${sql.lit(bitOf(effect))}) <> 0`
}

type Decisions<Output> = SelectQueryBuilder<Tables, "decision", Output>

/** Answers decisions newest first; each thing that can be asked for alone is led to by an index. */
export function listDecisions(scope: Scope, query: DecisionQuery): Promise<readonly DecisionRow[]> {
  return wantedDecisions(scope, query).execute()
}

/** Asks for them; nothing is read yet. */
export function wantedDecisions(
  scope: Scope,
  query: DecisionQuery,
): SelectQueryBuilder<Tables, "decision", DecisionRow> {
  const { db, organisation } = scope
  const wanted = [byWhom, byWhat, byAnswer, byTime].reduce<Decisions<object>>(
    (of, narrowed) => narrowed(of, query, scope),
    db.selectFrom("decision").where("organisation", "=", organisation),
  )
  return wanted.selectAll().orderBy("at", "desc").orderBy("id", "desc").limit(boundedLimit(query.limit))
}

type Narrow = (of: Decisions<object>, query: DecisionQuery, scope: Scope) => Decisions<object>

const byWhom: Narrow = (of, { agent, task, call, onBehalfOf, answeredBy }, scope) => {
  let wanted = of
  if (agent !== undefined) wanted = wanted.where("agent", "=", agent)
  if (task !== undefined) wanted = wanted.where("task", "=", task)
  if (call !== undefined) wanted = wanted.where("call", "=", call)
  if (onBehalfOf !== undefined) wanted = wanted.where("on_behalf_of", "=", onBehalfOf)
  if (answeredBy !== undefined) wanted = wanted.where("agent", "in", answeredAgents(scope, answeredBy))
  return wanted
}

const byWhat: Narrow = (of, { action, server, effectClass, answeredBy }) => {
  let wanted = of
  if (effectClass !== undefined) wanted = wanted.where(hasEffect(effectClass))
  // Of a person's own, by agent: an index by action leads through all that others ever did with it.
  if (action !== undefined)
    wanted = answeredBy
      ? wanted.where(sql<boolean>`action || '' = ${action}`)
      : wanted.where("action", "=", action)
  if (server !== undefined)
    wanted = wanted.where("action", ">=", `${server}/`).where("action", "<", `${server}${BEHIND_SLASH}`)
  return wanted
}

const byAnswer: Narrow = (of, query, { db, organisation }) => {
  const { effect, code, policy } = query
  let wanted = of
  if (effect !== undefined) wanted = wanted.where("effect", "=", effect)
  if (effect !== undefined && effect !== "permit") wanted = wanted.where(NOT_PERMITTED)
  if (code !== undefined) wanted = wanted.where("code", "=", code)
  if (code !== undefined && code !== "permitted") wanted = wanted.where(NOT_PERMITTED)
  if (policy === undefined) return wanted
  const by = db.selectFrom("decision_policy").select("decision").where("organisation", "=", organisation)
  return wanted.where("id", "in", by.where("policy", "=", policy))
}

const byTime: Narrow = (of, { from, until, after }) => {
  let wanted = of
  if (from !== undefined) wanted = wanted.where("at", ">=", toTime(from))
  if (until !== undefined) wanted = wanted.where("at", "<", toTime(until))
  if (after !== undefined) wanted = wanted.where(behind("falling", { at: toTime(after.at), id: after.id }))
  return wanted
}
