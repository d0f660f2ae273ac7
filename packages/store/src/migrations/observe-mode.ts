import type { ColumnTypes } from "./column-types.ts"

/** Which agents observe, what was seen of them, and which decisions let through what they would have stopped. */
export function observeModeTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    `create table observe_period (
      ${owned}, agent ${text} not null, started_at ${integer} not null, started_by ${text} not null,
      reason ${text} not null, environment ${text} not null, ends_at ${integer} not null,
      ended_at ${integer}, ended_by ${text}, calls ${integer} not null default 0,
      primary key (organisation, agent)
    )${table}`,
    `create table observed_call (
      ${owned}, decision ${text} not null, agent ${text} not null, at ${integer} not null,
      server ${text} not null, tool ${text} not null, digest ${text} not null,
      effect ${text} not null, code ${text} not null, reasons ${text} not null, others ${text} not null,
      arguments ${text}, withheld ${text} not null, circumstances ${text} not null,
      primary key (organisation, decision)
    )${table}`,
    "create index observed_call_of on observed_call (organisation, agent, at)",
    `alter table decision add column observed ${text} check (observed in ('let_through', 'held'))`,
    ...["observe_period", "observed_call"].flatMap(wall),
  ]
}
