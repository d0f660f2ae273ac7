import type { ColumnTypes } from "./column-types.ts"

/** Who has agreed so far where several people have to, and whom each question was put to. */
export function peopleAskedTables({ text, table, wall }: ColumnTypes): readonly string[] {
  return [
    `alter table approval add column agreed ${text} not null default '[]'`,
    `create table approval_asked (
      organisation ${text} not null references organisation (id), "user" ${text} not null, approval ${text} not null,
      primary key (organisation, "user", approval)
    )${table}`,
    ...wall("approval_asked"),
  ]
}
