import type { EventQuery } from "@tabard/control"
import { type RawBuilder, type Selectable, type SelectQueryBuilder, sql } from "kysely"
import { boundedLimit, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { EventRow } from "../tables/audit.ts"
import type { Tables } from "../tables/tables.ts"
import { answeredAgents } from "./answered-agents.ts"

/**
 * How long an event may take from its time to its place in the order of arrival: transactions are over in seconds, and no
 * two clocks of one installation are minutes apart.
 */
const ARRIVES_WITHIN_MS = 10 * 60_000

/** Answers events newest first. */
export function listEvents(scope: Scope, query: EventQuery): Promise<readonly Selectable<EventRow>[]> {
  const { db, organisation } = scope
  const wanted = narrowed(scope, db.selectFrom("event").where("organisation", "=", organisation), query)
  const { answeredBy } = query
  const newest = <Output>(of: SelectQueryBuilder<Tables, "event", Output>) =>
    of.orderBy("arrival", "desc").limit(boundedLimit(query.limit))
  if (!answeredBy) return newest(wanted.selectAll()).execute()
  // A person's own are gathered before they are put in order: in the order of all, they are few and far between.
  const own = wanted.select("arrival").where("agent", "in", answeredAgents(scope, answeredBy))
  return newest(
    db
      .with(
        (cte) => cte("own").materialized(),
        () => own,
      )
      .selectFrom("event")
      .selectAll()
      .where("arrival", "in", (eb) => newest(eb.selectFrom("own as event").select("arrival"))),
  ).execute()
}

function narrowed(
  scope: Scope,
  events: SelectQueryBuilder<Tables, "event", object>,
  { agent, task, type, answeredBy, from, until, after }: EventQuery,
): SelectQueryBuilder<Tables, "event", object> {
  const { db, organisation } = scope
  let query = events
  if (agent !== undefined) query = query.where("agent", "=", agent)
  if (task !== undefined) query = query.where("task", "=", task)
  // One agent or task has few events, one type many: what no index of types can serve is not walked by one.
  const few = agent !== undefined || task !== undefined || answeredBy !== undefined
  if (type !== undefined) query = query.where(few ? sql`coalesce(type, '')` : "type", "=", type)
  if (from)
    query = query.where("at", ">=", toTime(from)).where(sql<boolean>`arrival >= ${earliest(scope, from)}`)
  if (until)
    query = query.where("at", "<", toTime(until)).where(sql<boolean>`arrival <= ${latest(scope, until)}`)
  if (after !== undefined) {
    const place = db.selectFrom("event").select("arrival").where("organisation", "=", organisation)
    query = query.where("arrival", "<", place.where("id", "=", after))
  }
  return query
}

/** Nothing of that time or later arrived before this: found by the index of times, it spares reading all that is older. */
function earliest({ organisation }: Scope, from: Date): RawBuilder<number> {
  return sql`coalesce((select arrival from event where organisation = ${organisation}
    and at < ${toTime(from) - ARRIVES_WITHIN_MS} order by at desc limit 1), 0)`
}

/** Nothing of before that time arrived after this. */
function latest({ organisation }: Scope, until: Date): RawBuilder<number> {
  return sql`coalesce((select arrival from event where organisation = ${organisation}
    and at >= ${toTime(until) + ARRIVES_WITHIN_MS} order by at limit 1), ${Number.MAX_SAFE_INTEGER})`
}
