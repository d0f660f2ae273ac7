import type { ColumnTypes } from "./column-types.ts"

/** The table of what keeps the log from being published, by which every process knows of it. */
export function logFaultTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  return [
    `create table log_fault (
      organisation ${text} not null primary key references organisation (id),
      kind ${text} not null check (kind in ('tampered', 'failing')), since ${integer} not null
    )${table}`,
    ...wall("log_fault"),
  ]
}
