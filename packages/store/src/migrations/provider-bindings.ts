import type { ColumnTypes } from "./column-types.ts"

/** The table of who is who at OpenID providers. */
export function providerBindingTables({ text, table, wall }: ColumnTypes): readonly string[] {
  return [
    `create table provider_binding (
      organisation ${text} not null references organisation (id), issuer ${text} not null,
      subject ${text} not null, "user" ${text} not null,
      primary key (organisation, issuer, subject), unique (organisation, issuer, "user")
    )${table}`,
    ...wall("provider_binding"),
  ]
}
