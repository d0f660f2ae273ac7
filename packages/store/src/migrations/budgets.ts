import type { ColumnTypes } from "./column-types.ts"

/** What is used of each budget, and by which call. Programs that do not know of it put no manifest with limits in force. */
export function budgetTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  const count = `subject ${text} not null, budget ${text} not null, opened ${text} not null`
  return [
    `create table budget_count (
      ${owned}, ${count}, used ${integer} not null check (used >= 0), ends_at ${integer} not null,
      primary key (organisation, subject, budget, opened)
    )${table}`,
    "create index budget_count_by_end on budget_count (organisation, ends_at)",

    `create table budget_reservation (
      ${owned}, call ${text} not null, ${count}, amount ${integer} not null check (amount >= 0),
      state ${text} not null check (state in ('reserved', 'spent', 'returned')), ends_at ${integer} not null,
      primary key (organisation, call, subject, budget)
    )${table}`,
    "create index budget_reservation_by_end on budget_reservation (organisation, ends_at)",

    `alter table policy_set add column budgets ${text} not null default '[]'`,
    ...["budget_count", "budget_reservation"].flatMap(wall),
  ]
}
