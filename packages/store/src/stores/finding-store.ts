import type { FindingCount, FindingQuery, FindingStore } from "@tabard/control"
import type { FindingState, Id } from "@tabard/core"
import { type RawBuilder, sql } from "kysely"
import { boundedLimit, inPortions, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { answeredAgents } from "./answered-agents.ts"
import { fromFindingRow, fromRank, standingColumns, toFindingRow, toRank } from "./finding-rows.ts"
import { findingSightings } from "./finding-sightings.ts"
import { findingSubjects } from "./finding-subjects.ts"

/** Keeps what is to be put right in `finding`, and who says so in `finding_sighting`. */
export function findingStore(scope: Scope): FindingStore {
  return {
    ...findingSightings(scope),
    ...findingSubjects(scope),
    ...keeping(scope),
    ...moving(scope),
    ...looking(scope),
  }
}

function keeping({ db, organisation }: Scope): Pick<FindingStore, "insert" | "describe" | "touch"> {
  const change = () => db.updateTable("finding").where("organisation", "=", organisation)
  return {
    async insert(findings) {
      const kept = await inPortions(findings, (portion) =>
        db
          .insertInto("finding")
          .values(portion.map((finding) => ({ organisation, ...toFindingRow(finding) })))
          .onConflict((conflict) => conflict.columns(["organisation", "subject", "rule"]).doNothing())
          .returning("id")
          .execute(),
      )
      return kept.map(({ id }) => id)
    },

    async describe({ id, severity, message, evidence, lastSeenAt }) {
      const says = { rank: toRank(severity), message, evidence: toJson(evidence) }
      await change()
        .set({ ...says, last_seen: toTime(lastSeenAt) })
        .where("id", "=", id)
        .execute()
    },

    async touch(keys, at) {
      for (const [rule, same] of Map.groupBy(keys, (key) => key.rule)) {
        const subjects = same.map(({ subject }) => subject)
        await inPortions(subjects, async (portion) => {
          await change()
            .set({ last_seen: toTime(at) })
            .where("rule", "=", rule)
            .where("subject", "in", portion)
            .where("state", "!=", "resolved")
            .execute()
          return []
        })
      }
    },
  }
}

function moving({ db, organisation }: Scope): Pick<FindingStore, "move"> {
  return {
    async move(id, from, to) {
      // A move that ends where it began would let everybody win.
      if (from === to.kind) return false
      const again = from === "resolved" ? 1 : 0
      // The guard is in the statement: the database, not an earlier read, decides who wins.
      const { numUpdatedRows } = await db
        .updateTable("finding")
        .set({ ...standingColumns(to), reopened: sql`reopened + ${again}` })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("state", "=", from)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

type Looking = Pick<FindingStore, "find" | "of" | "list" | "lapsed" | "count">

function looking(scope: Scope): Looking {
  const { db, organisation } = scope
  const findings = () => db.selectFrom("finding").where("organisation", "=", organisation)
  return {
    async find(id) {
      const row = await findings().selectAll().where("id", "=", id).executeTakeFirst()
      return row && fromFindingRow(row)
    },

    async of(subjects) {
      const rows = await inPortions([...new Set(subjects)], (portion) =>
        findings().selectAll().where("subject", "in", portion).orderBy("subject").orderBy("rule").execute(),
      )
      return rows.map(fromFindingRow)
    },

    async list(query) {
      if (query.subjects?.length === 0) return []
      const rows = await narrowed(scope, query)
        .selectAll()
        .where((eb) => eb.and(conditions(query)))
        .orderBy("rank", "desc")
        .orderBy("id", "desc")
        .limit(boundedLimit(query.limit))
        .execute()
      return rows.map(fromFindingRow)
    },

    async lapsed(now, limit) {
      const rows = await findings()
        .selectAll()
        .where(ACCEPTED)
        .where("accepted_until", "<=", toTime(now))
        .orderBy("accepted_until")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(fromFindingRow)
    },

    async count(now) {
      // All that stand are counted by an index alone; the few that are accepted are looked at, and taken off.
      const [standing, accepted] = [
        await counted(scope, STANDING),
        await counted(scope, sql`${ACCEPTED} and accepted_until > ${toTime(now)}`),
      ]
      return standing.flatMap((group) => countsOf(group, accepted))
    },
  }
}

/** How many findings of one rule and rank there are. */
interface Counted {
  readonly rule: string
  readonly rank: number
  readonly findings: number
}

function counted({ db, organisation }: Scope, which: RawBuilder<boolean>): Promise<readonly Counted[]> {
  return db
    .selectFrom("finding")
    .select((eb) => ["rule", "rank", eb.fn.countAll<number>().as("findings")])
    .where("organisation", "=", organisation)
    .where(which)
    .groupBy(["rule", "rank"])
    .orderBy("rule")
    .orderBy("rank", "desc")
    .execute()
}

function countsOf({ rule, rank, findings }: Counted, accepted: readonly Counted[]): readonly FindingCount[] {
  const taken = accepted.find((group) => group.rule === rule && group.rank === rank)?.findings ?? 0
  const severity = fromRank(rank)
  return [
    { rule, severity, state: "open" as const, findings: findings - taken },
    { rule, severity, state: "accepted" as const, findings: taken },
  ].filter((count) => count.findings > 0)
}

/** Written into the statement: a database matches it to the condition of an index only as a literal. */
const STANDING = sql<boolean>`state <> 'resolved'`
const ACCEPTED = sql<boolean>`state = 'accepted'`

/**
 * The findings about some subjects, or all of them. The few are gathered before they are put in order: a database that
 * may choose walks through all findings in their order until it has met enough of them.
 */
function narrowed({ db, organisation }: Scope, { subjects, answeredBy }: FindingQuery) {
  const own = db.selectFrom("finding").where("organisation", "=", organisation)
  if (!subjects && !answeredBy) return own
  const about = subjects ? own.selectAll().where("subject", "in", subjects) : own.selectAll()
  const asked = answeredBy
    ? about
        .where("subject", "in", answeredAgents({ organisation }, answeredBy))
        .unionAll(about.where("subject", "in", usedBy(organisation, answeredBy)))
    : about
  return db
    .with(
      (cte) => cte("asked").materialized(),
      () => asked,
    )
    .selectFrom("asked as finding")
}

/** What the agents of a person use and hold. */
function usedBy(organisation: Scope["organisation"], user: Id<"user">): RawBuilder<string> {
  return sql`(select target from agent_use where organisation = ${organisation}
    and agent in ${answeredAgents({ organisation }, user)})`
}

function conditions({ now, states, severity, rule, after }: FindingQuery): RawBuilder<boolean>[] {
  const wanted: RawBuilder<boolean>[] = []
  if (states && !states.includes("resolved")) wanted.push(STANDING)
  if (states?.every((state) => state === "accepted")) wanted.push(ACCEPTED)
  if (states)
    wanted.push(
      sql`(${sql.join(
        states.map((state) => stands(state, now)),
        sql` or `,
      )})`,
    )
  if (severity) wanted.push(sql`rank = ${toRank(severity)}`)
  if (rule !== undefined) wanted.push(sql`rule = ${rule}`)
  if (after) wanted.push(sql`(rank, id) < (${toRank(after.severity)}, ${after.id})`)
  return wanted
}

/** An acceptance that is over counts as open, whether or not anybody noted it. */
function stands(state: FindingState, now: Date): RawBuilder<boolean> {
  const time = toTime(now)
  switch (state) {
    case "open":
      return sql`(state = 'open' or (state = 'accepted' and accepted_until <= ${time}))`
    case "accepted":
      // Not by the index of times, which leads to all that are accepted: the order by rank finds the first of them at once.
      return sql`(state = 'accepted' and coalesce(accepted_until, 0) > ${time})`
    case "resolved":
      return sql`state = 'resolved'`
  }
}
