import type { ColumnTypes } from "./column-types.ts"

/** The tables of who may report what it scans, how fast, and what came of it. */
export function reporterTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    `create table reporter_enrolment (
      ${owned}, code_hash ${text} not null, name ${text} not null, created_by ${text} not null,
      expires_at ${integer} not null,
      primary key (organisation, code_hash)
    )${table}`,

    `create table reporter (
      ${owned}, id ${text} not null, name ${text} not null, jwk ${text} not null, thumbprint ${text} not null,
      enrolled_by ${text} not null, enrolled_at ${integer} not null, revoked_by ${text}, revoked_at ${integer},
      paced_until ${integer} not null default 0, turn_until ${integer} not null default 0,
      reports ${integer} not null default 0, last_scan ${text}, last_report_at ${integer},
      last_agents ${integer}, last_unreadable ${integer},
      refused ${integer} not null default 0, last_refusal ${text}, last_refused_at ${integer},
      refusal_told_at ${integer} not null default 0,
      primary key (organisation, id), unique (organisation, thumbprint),
      check ((revoked_by is null) = (revoked_at is null)),
      check ((last_scan is null) = (last_report_at is null)), check ((last_scan is null) = (last_agents is null)),
      check ((last_scan is null) = (last_unreadable is null)),
      check ((last_refusal is null) = (last_refused_at is null))
    )${table}`,
    "create index reporter_by_time on reporter (organisation, enrolled_at, id)",
    "create index observation_by_sender on observation (organisation, reporter, kind)",
    ...["reporter", "reporter_enrolment"].flatMap(wall),
  ]
}
