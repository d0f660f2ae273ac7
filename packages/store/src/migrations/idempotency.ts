import type { ColumnTypes } from "./column-types.ts"

/** The table of writes that were asked under a key, and what they answered. */
export function idempotencyTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  return [
    `create table idempotency (
      organisation ${text} not null references organisation (id),
      principal ${text} not null, key ${text} not null, request ${text} not null, run ${text} not null,
      started_at ${integer} not null,
      state ${text} not null check (state in ('started', 'acted', 'answered')), answer ${text},
      primary key (organisation, principal, key), check ((state = 'answered') = (answer is not null))
    )${table}`,
    "create index idempotency_by_time on idempotency (organisation, started_at)",
    ...wall("idempotency"),
  ]
}
