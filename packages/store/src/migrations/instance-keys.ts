import type { ColumnTypes } from "./column-types.ts"

/**
 * Keeps where an install says its key is, when it rotated it, and the key before as long as both work; and every earlier
 * key's thumbprint for good, so that none is enrolled again. Programs that do not know of it take the newest key alone.
 */
export function instanceKeys({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  return [
    `alter table instance add column key_storage ${text}`,
    `alter table instance add column rotated_at ${integer}`,
    `alter table instance add column earlier_jwk ${text}`,
    `alter table instance add column earlier_thumbprint ${text}`,
    `alter table instance add column earlier_ends_at ${integer}`,
    `create table earlier_key (
      organisation ${text} not null references organisation (id), thumbprint ${text} not null,
      instance ${text} not null, replaced_at ${integer} not null,
      primary key (organisation, thumbprint)
    )${table}`,
    ...wall("earlier_key"),
  ]
}
