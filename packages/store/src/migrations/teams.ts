import type { ColumnTypes } from "./column-types.ts"

/** The tables of teams, of who belongs to them and of what they help with; and whom each person answers to. */
export function teamTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    // What the provider keeps is found by the name that the provider has for it.
    `create table team (
      ${owned}, id ${text} not null, name ${text} not null, name_key ${text} not null, external_name ${text},
      kept_by ${text} not null check (kept_by in ('people', 'provider')), lead ${text}, created_at ${integer} not null,
      primary key (organisation, id), unique (organisation, name_key), unique (organisation, external_name),
      check (kept_by = 'people' or external_name is not null)
    )${table}`,
    `create table team_member (
      ${owned}, team ${text} not null, "user" ${text} not null, joined_at ${integer} not null,
      primary key (organisation, team, "user")
    )${table}`,
    `create index team_member_by_user on team_member (organisation, "user", team)`,
    `create table maintaining_team (
      ${owned}, agent ${text} not null, team ${text} not null, added_by ${text} not null, added_at ${integer} not null,
      primary key (organisation, agent, team)
    )${table}`,
    "create index maintaining_team_by_team on maintaining_team (organisation, team, agent)",
    `create index maintainer_by_user on maintainer (organisation, "user", agent)`,
    `alter table "user" add column manager ${text}`,
    `create index user_by_manager on "user" (organisation, manager) where manager is not null`,
    ...["team", "team_member", "maintaining_team"].flatMap(wall),
  ]
}
