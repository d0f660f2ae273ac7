import type { ColumnTypes } from "./column-types.ts"

/** The table of people's one-time ways in. */
export function invitationTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  return [
    `create table invitation (
      organisation ${text} not null references organisation (id), "user" ${text} not null,
      code_hash ${text} not null, expires_at ${integer} not null,
      primary key (organisation, "user"), unique (organisation, code_hash)
    )${table}`,
    ...wall("invitation"),
  ]
}
