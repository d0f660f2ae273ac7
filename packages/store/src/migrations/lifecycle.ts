import type { ColumnTypes } from "./column-types.ts"

/** The tables of how an agent's time runs out, what a leaver leaves behind, and how an agent ends. */
export function lifecycleTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    `alter table settings add column warn_days ${text}`,
    `alter table settings add column idle_days ${integer}`,
    `alter table settings add column leaver_grace_days ${integer}`,

    `create table renewal (
      ${owned}, agent ${text} not null, expires_at ${integer} not null, asked_by ${text} not null,
      asked_at ${integer} not null,
      primary key (organisation, agent)
    )${table}`,

    `create table lifecycle_warning (
      ${owned}, agent ${text} not null, cause ${text} not null check (cause in ('expiry', 'inactivity')),
      due_at ${integer} not null, days ${integer} not null, warned_at ${integer} not null,
      primary key (organisation, agent, cause, due_at, days)
    )${table}`,
    "create index lifecycle_warning_by_end on lifecycle_warning (organisation, due_at)",

    `create table successor (
      ${owned}, subject ${text} not null, "user" ${text} not null, named_by ${text} not null,
      named_at ${integer} not null,
      primary key (organisation, subject)
    )${table}`,

    `create table plan (
      ${owned}, id ${text} not null, kind ${text} not null, subject ${text} not null, started_by ${text},
      started_at ${integer} not null, laid_at ${integer}, ended_how ${text}, ended_at ${integer},
      primary key (organisation, id), check ((ended_how is null) = (ended_at is null))
    )${table}`,
    // One plan at a time goes on for one subject.
    "create unique index plan_open on plan (organisation, kind, subject) where ended_at is null",
    "create index plan_by_subject on plan (organisation, subject, kind, started_at)",

    `create table plan_step (
      ${owned}, plan ${text} not null, position ${integer} not null, does ${text} not null, done_to ${text} not null,
      agent ${text}, needs ${text} not null, due_at ${integer} not null, done_at ${integer}, outcome ${text},
      primary key (organisation, plan, position), check ((done_at is null) = (outcome is null))
    )${table}`,
    "create index plan_step_due on plan_step (organisation, plan, due_at) where done_at is null",

    `create table settlement (
      ${owned}, agent ${text} not null, credential ${text} not null,
      how ${text} not null check (how in ('probed', 'confirmed', 'attested', 'excepted')), settled_by ${text},
      outcome ${text}, settled_at ${integer} not null,
      primary key (organisation, agent, credential)
    )${table}`,

    ...["renewal", "lifecycle_warning", "successor", "plan", "plan_step", "settlement"].flatMap(wall),
  ]
}
