import type { ColumnTypes } from "./column-types.ts"

/** The tables of applications at the decision point, and what is kept of enforcement points that people registered. */
export function applicationTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id), name ${text} not null, version ${integer} not null`
  const source = `"schema" ${text} not null, policies ${text} not null`
  const put = `entity_count ${integer} not null, recorded ${integer} not null, author ${text} not null, put_at ${integer} not null`
  return [
    // Of one that was removed only the number of its last version goes on to count.
    `create table application (
      ${owned}, ${source}, entities ${text} not null, ${put}, removed ${integer} not null default 0,
      primary key (organisation, name)
    )${table}`,
    `create table application_version (
      ${owned}, ${source}, ${put},
      primary key (organisation, name, version)
    )${table}`,
    `alter table enforcement_point add column api_token ${text}`,
    `alter table enforcement_point add column applications ${text}`,
    `alter table enforcement_point add column recorded ${integer}`,
    `alter table enforcement_point add column registered_by ${text}`,
    `alter table enforcement_point add column registered_at ${integer}`,
    `create unique index enforcement_point_of_a_token on enforcement_point (organisation, api_token)
      where api_token is not null`,
    ...["application", "application_version"].flatMap(wall),
  ]
}
