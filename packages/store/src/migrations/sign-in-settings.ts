import type { ColumnTypes } from "./column-types.ts"

/** The table of who may come in by the OpenID provider without an invitation, one row an organisation. */
export function signInSettingsTables({ text, table, wall }: ColumnTypes): readonly string[] {
  return [
    `create table sign_in_settings (
      organisation ${text} not null primary key references organisation (id), domains ${text} not null
    )${table}`,
    ...wall("sign_in_settings"),
  ]
}
