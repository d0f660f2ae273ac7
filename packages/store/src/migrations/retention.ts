import type { ColumnTypes } from "./column-types.ts"

/** The tables of how long the record is kept, and of how far each log was pruned. */
export function retentionTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    `create table retention (
      ${owned} primary key, months ${integer} check (months > 0), reason ${text} not null,
      set_by ${text} not null, set_at ${integer} not null
    )${table}`,
    `create table log_pruning (
      ${owned}, generation ${integer} not null check (generation > 0), minimum ${integer} not null,
      cleared ${integer} not null default 0, raised_at ${integer} not null,
      primary key (organisation, generation), check (minimum >= cleared and cleared >= 0)
    )${table}`,
    ...["retention", "log_pruning"].flatMap(wall),
  ]
}
