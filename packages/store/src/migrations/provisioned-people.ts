import type { ColumnTypes } from "./column-types.ts"

/** Keeps what an identity provider says of people over SCIM, whom it removed, and which teams it keeps. */
export function provisionedPeople({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  return [
    `create table provisioned_person (
      organisation ${text} not null references organisation (id), "user" ${text} not null, user_name ${text} not null,
      user_name_key ${text} not null, external_id ${text}, words ${text} not null,
      switched_off ${integer} not null check (switched_off in (0, 1)), changed_at ${integer} not null,
      primary key (organisation, "user"), unique (organisation, user_name_key)
    )${table}`,
    "create index provisioned_person_by_external_id on provisioned_person (organisation, external_id)",
    `alter table "user" add column removed_at ${integer}`,
    `alter table team add column kept_by_scim ${integer} not null default 0`,
    ...wall("provisioned_person"),
  ]
}
