import type { ColumnTypes } from "./column-types.ts"

/**
 * Who may act for whom, what came from which token, and what tokens bound besides. Programs that do not know of it
 * delegate nothing.
 */
export function delegationTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    `create table delegation (
      ${owned}, id ${text} not null, from_agent ${text} not null, to_agent ${text} not null, scope ${text},
      allowed_by ${text} not null, allowed_at ${integer} not null, expires_at ${integer}, withdrawn_at ${integer},
      primary key (organisation, id)
    )${table}`,
    // Two people who allow the same thing at once have allowed it once.
    `create unique index delegation_live on delegation (organisation, from_agent, to_agent)
      where withdrawn_at is null`,
    `create index delegation_to on delegation (organisation, to_agent, id) where withdrawn_at is null`,

    // What a token came from: the tokens before it, and the permissions that it was exchanged under.
    `create table token_ancestor (
      ${owned}, ancestor ${text} not null, jti ${text} not null, expires_at ${integer} not null,
      primary key (organisation, ancestor, jti)
    )${table}`,
    "create index token_ancestor_by_end on token_ancestor (organisation, expires_at)",

    `alter table token add column delegations ${text} not null default '[]'`,
    `alter table token add column calls_left ${integer}`,
    `alter table token add column may_act ${text}`,
    `alter table settings add column delegation_depth ${integer} not null default 3`,
    ...["delegation", "token_ancestor"].flatMap(wall),
  ]
}
