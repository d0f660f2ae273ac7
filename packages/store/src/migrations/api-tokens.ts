import type { ColumnTypes } from "./column-types.ts"

/** The table of the ways that machines have into the API. */
export function apiTokenTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  return [
    `create table api_token (
      organisation ${text} not null references organisation (id),
      id ${text} not null, token_hash ${text} not null, purpose ${text} not null,
      role ${text} not null check (role in ('administrator', 'security', 'auditor', 'member')),
      scopes ${text} not null, made_by ${text} not null, made_at ${integer} not null,
      expires_at ${integer} not null, last_used_at ${integer}, revoked_by ${text}, revoked_at ${integer},
      primary key (organisation, id), unique (organisation, token_hash),
      check ((revoked_by is null) = (revoked_at is null))
    )${table}`,
    "create index api_token_by_time on api_token (organisation, made_at, id)",
    "create index api_token_by_maker on api_token (organisation, made_by, expires_at)",
    ...wall("api_token"),
  ]
}
