import type { ColumnTypes } from "./column-types.ts"

/**
 * The tables of what was settled about tokens and when a signing key was asked for, one row an organisation, and of keys
 * that are published and do nothing yet, one for each purpose.
 */
export function tokenSettingsTables({ text, integer, bytes, table, wall }: ColumnTypes): readonly string[] {
  return [
    `create table token_settings (
      organisation ${text} not null primary key references organisation (id), settled ${text}, key_asked_at ${integer}
    )${table}`,
    ...wall("token_settings"),
    `create table prepared_key (
      organisation ${text} not null references organisation (id), purpose ${text} not null, id ${text} not null,
      sealed ${bytes} not null, sealed_under ${text} not null, public_half ${text}, created_at ${integer} not null,
      primary key (organisation, purpose)
    )${table}`,
    ...wall("prepared_key"),
  ]
}
