import type { ColumnTypes } from "./column-types.ts"

/**
 * Says of an install how it proves itself, and of a token how it was asked for and whom it acts for. Programs that do
 * not know of it bind each token to its instance's key, and delegate nothing.
 */
export function tokenLineage({ text, integer }: ColumnTypes): readonly string[] {
  return [
    `alter table instance add column kind ${text} not null default 'key'`,
    `alter table instance add column last_used_at ${integer}`,
    `alter table token add column jkt ${text}`,
    `alter table token add column bearer ${integer} not null default 0`,
    `alter table token add column grant_kind ${text} not null default 'client_credentials'`,
    `alter table token add column lineage ${text} not null default '[]'`,
    `alter table token add column actors ${text} not null default '[]'`,
    `alter table token add column served ${text}`,
    `alter table token add column scope ${text}`,
  ]
}
