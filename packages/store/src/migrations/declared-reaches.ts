import type { ColumnTypes } from "./column-types.ts"

/** What is declared to be in whose hands, and by which fingerprint a scan would know an API token. */
export function declaredReaches({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  return [
    `create table declared_reach (
      organisation ${text} not null references organisation (id), id ${text} not null, holder ${text} not null,
      reaches ${text} not null, declared_by ${text} not null, declared_at ${integer} not null,
      primary key (organisation, id),
      unique (organisation, holder, reaches)
    )${table}`,
    "create index declared_reach_into on declared_reach (organisation, reaches, id)",
    `alter table api_token add column fingerprint ${text}`,
    ...wall("declared_reach"),
  ]
}
