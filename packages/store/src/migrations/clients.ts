import type { ColumnTypes } from "./column-types.ts"

/** The tables of the clients that people sign agents in by, of what people let them do, and of the rules that adopt them. */
export function clientTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  return [
    `create table client (
      organisation ${text} not null references organisation (id), id ${text} not null,
      name ${text} not null, redirect_uris ${text} not null, keys ${text} not null,
      created_by ${text}, created_at ${integer} not null, removed_at ${integer},
      primary key (organisation, id)
    )${table}`,
    `create table client_rule (
      organisation ${text} not null references organisation (id), id ${text} not null,
      match ${text} not null, purpose ${text} not null, tier ${text} not null, days ${integer} not null,
      created_by ${text} not null, created_at ${integer} not null, removed_at ${integer},
      primary key (organisation, id)
    )${table}`,
    `create unique index client_rule_in_force on client_rule (organisation, match) where removed_at is null`,
    `create table client_grant (
      organisation ${text} not null references organisation (id), id ${text} not null,
      "user" ${text} not null, client ${text} not null, name ${text} not null,
      agent ${text} not null, instance ${text}, asked_at ${integer} not null,
      agreed_at ${integer}, ended_at ${integer},
      primary key (organisation, id), unique (organisation, "user", client),
      check (agreed_at is null or instance is not null)
    )${table}`,
    `create index client_grant_by_client on client_grant (organisation, client, id)`,
    `create index client_grant_by_instance on client_grant (organisation, instance)`,
    ...["client", "client_rule", "client_grant"].flatMap(wall),
  ]
}
