import type { EventQuery } from "@tabard/control"
import { type RawBuilder, type Selectable, type SelectQueryBuilder, sql } from "kysely"
import { boundedLimit, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { EventRow } from "../tables/audit.ts"
import type { Tables } from "../tables/tables.ts"
import { answeredAgents } from "./answered-agents.ts"
import { aspectsOf } from "./event-aspects.ts"

/**
 * How long an event may take from its time to its place in the order of arrival: transactions are over in seconds, and no
 * two clocks of one installation are minutes apart.
 */
const ARRIVES_WITHIN_MS = 10 * 60_000

/** Answers events newest first. */
export function listEvents(scope: Scope, query: EventQuery): Promise<readonly Selectable<EventRow>[]> {
  const { answeredBy } = query
  const { wanted, served } = narrowed(scope, query)
  const newest = <Output>(of: Events<Output>): Events<Output> =>
    of.orderBy("arrival", "desc").limit(boundedLimit(query.limit))
  const among = (arrivals: RawBuilder<number>) =>
    newest(scope.db.selectFrom("event").selectAll().where("arrival", "in", arrivals)).execute()

  if (answeredBy) {
    // A person's own are gathered before they are put in order: in the order of all, they are few and far between.
    const own = wanted.select("arrival").where("agent", "in", answeredAgents(scope, answeredBy))
    return newest(
      scope.db
        .with(
          (cte) => cte("own").materialized(),
          () => served.reduce((of, one) => of.where(one), own),
        )
        .selectFrom("event")
        .selectAll()
        .where("arrival", "in", (eb) => newest(eb.selectFrom("own as event").select("arrival"))),
    ).execute()
  }
  const [only, ...more] = served
  if (more.length === 0) return newest(only ? wanted.where(only).selectAll() : wanted.selectAll()).execute()
  // The newest of each condition by its own index; the newest of all are among them.
  const each = served.map(
    (one) => sql`select arrival from ${newest(wanted.where(one).select("arrival"))} as one`,
  )
  return among(sql`(${sql.join(each, sql` union `)})`)
}

type Events<Output> = SelectQueryBuilder<Tables, "event", Output>

/** What is wanted, but for conditions of which one must hold besides; those an index serves. */
interface Narrowed {
  readonly wanted: Events<object>
  readonly served: readonly RawBuilder<boolean>[]
}

/** Led by the most telling thing that is asked: an index serves that one alone, and none is walked for another. */
function narrowed(scope: Scope, query: EventQuery): Narrowed {
  const aspects = aspectsOf(query)
  const leading = aspects.find(({ few }) => few || query.answeredBy === undefined)
  const wanted = aspects
    .filter((aspect) => aspect !== leading)
    .reduce((events, { unserved }) => events.where(unserved), within(scope, query))
  return { wanted, served: leading?.served ?? [] }
}

/** Events of the organisation and of the time that is asked for, behind the one to go on from. */
function within(scope: Scope, { from, until, after }: EventQuery): Events<object> {
  const { db, organisation } = scope
  let query: Events<object> = db.selectFrom("event").where("organisation", "=", organisation)
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
