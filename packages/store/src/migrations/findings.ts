import type { ColumnTypes } from "./column-types.ts"

/** The tables of what sources say is to be put right, and of the findings that follow; and how to look them up. */
export function findingTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  const rank = `rank ${integer} not null check (rank between 1 and 4)`
  return [
    `create table finding_sighting (
      ${owned}, subject ${text} not null, rule ${text} not null, source ${text} not null, ${rank},
      message ${text} not null, evidence ${text} not null,
      primary key (organisation, subject, rule, source)
    )${table}`,
    "create index finding_sighting_by_source on finding_sighting (organisation, source, subject, rule)",

    // A state has exactly what belongs to it.
    `create table finding (
      ${owned}, id ${text} not null, rule ${text} not null, subject ${text} not null, ${rank},
      message ${text} not null, evidence ${text} not null,
      state ${text} not null check (state in ('open', 'accepted', 'resolved')),
      opened_at ${integer} not null, last_seen ${integer} not null,
      reopened ${integer} not null check (reopened >= 0), resolved_at ${integer}, accepted_by ${text},
      accepted_at ${integer}, accepted_until ${integer}, reason ${text},
      primary key (organisation, id), unique (organisation, subject, rule),
      check ((state = 'resolved') = (resolved_at is not null)),
      check ((state = 'accepted') = (accepted_by is not null)),
      check ((state = 'accepted') = (accepted_at is not null)),
      check ((state = 'accepted') = (accepted_until is not null)),
      check ((state = 'accepted') = (reason is not null))
    )${table}`,
    "create index finding_by_rank on finding (organisation, rank, id)",
    "create index finding_standing on finding (organisation, rank, id) where state <> 'resolved'",
    "create index finding_standing_by_rule on finding (organisation, rule, rank) where state <> 'resolved'",
    "create index finding_to_lapse on finding (organisation, accepted_until) where state = 'accepted'",

    "create index agent_use_by_target on agent_use (organisation, target, agent)",
    "create index scan_by_reporter on scan (organisation, reporter, finished_at)",
    ...["finding_sighting", "finding"].flatMap(wall),
  ]
}
