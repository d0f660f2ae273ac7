import type { ColumnTypes } from "./column-types.ts"

/** Which agents were tried under bounds that would have stopped nothing of what they did. */
export function rehearsalTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  return [
    `create table rehearsal (
      organisation ${text} not null references organisation (id), agent ${text} not null,
      tier ${text} not null, bounds ${text} not null, tools ${text} not null, calls ${integer} not null,
      recorded_at ${integer} not null, recorded_by ${text} not null,
      primary key (organisation, agent)
    )${table}`,
    ...wall("rehearsal"),
  ]
}
