import type { DiscoverySource, FindingStore } from "@tabard/control"
import { sql } from "kysely"
import { boundedLimit, fromTime } from "../columns.ts"
import type { Scope } from "../scope.ts"

type Subjects = Pick<FindingStore, "moveSubject" | "sources">

/** Lets one subject take over what is said of another, and answers where things are seen from. */
export function findingSubjects(scope: Scope): Subjects {
  return { ...subjects(scope), ...sources(scope) }
}

function subjects({ db, organisation }: Scope): Pick<Subjects, "moveSubject"> {
  return {
    async moveSubject(from, to) {
      if (from === to) return
      for (const [table, apart] of [
        ["finding_sighting", sql`own.rule = moved.rule and own.source = moved.source`],
        ["finding", sql`own.rule = moved.rule`],
      ] as const) {
        await sql`update ${sql.table(table)} as moved set subject = ${to}
          where moved.organisation = ${organisation} and moved.subject = ${from}
            and not exists (select 1 from ${sql.table(table)} as own
              where own.organisation = ${organisation} and own.subject = ${to} and ${apart})`.execute(db)
      }
      // What stands for itself at the other subject already is no longer said of this one.
      await db
        .deleteFrom("finding_sighting")
        .where("organisation", "=", organisation)
        .where("subject", "=", from)
        .execute()
    },
  }
}

function sources({ db, organisation }: Scope): Pick<Subjects, "sources"> {
  return {
    /** Leaps from name to name by the index: how many scans each finished does not matter. */
    async sources(after, limit) {
      const { rows } = await sql<SourceRow>`
        with recursive named (source) as (
          select min(reporter) from scan where organisation = ${organisation} and reporter > ${after}
          union all
          select (select min(reporter) from scan where organisation = ${organisation} and reporter > named.source)
          from named where named.source is not null
        )
        select source, coalesce(finished, enrolled_at) as finished, revoked_at, last_refused_at, last_refusal from (
          select source, (select max(finished_at) from scan where organisation = ${organisation}
            and reporter = source and unfinished = 0) as finished
          from (
            select source from named where source is not null
            union select id as source from reporter where organisation = ${organisation} and id > ${after}
          ) as known
        ) as heard left join reporter on reporter.organisation = ${organisation} and reporter.id = heard.source
        where coalesce(finished, enrolled_at) is not null order by source limit ${boundedLimit(limit)}`.execute(
        db,
      )
      return rows.map(fromSourceRow)
    },
  }
}

interface SourceRow {
  readonly source: string
  readonly finished: number
  readonly revoked_at: number | null
  readonly last_refused_at: number | null
  readonly last_refusal: string | null
}

function fromSourceRow(row: SourceRow): DiscoverySource {
  const { source, finished, revoked_at, last_refused_at: refused, last_refusal: why } = row
  return {
    source,
    lastFinished: fromTime(finished),
    revoked: revoked_at !== null,
    refusal: refused === null || why === null ? null : { at: fromTime(refused), why },
  }
}
