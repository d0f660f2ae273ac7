import type { ColumnTypes } from "./column-types.ts"

/** The table of lists as people like to see them. */
export function savedViewTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  return [
    `create table saved_view (
      organisation ${text} not null references organisation (id), id ${text} not null, "user" ${text} not null,
      name ${text} not null, search ${text} not null, saved_at ${integer} not null,
      primary key (organisation, id), unique (organisation, "user", name)
    )${table}`,
    `create index saved_view_by_user on saved_view (organisation, "user", id)`,
    ...wall("saved_view"),
  ]
}
