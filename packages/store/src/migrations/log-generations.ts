import type { ColumnTypes } from "./column-types.ts"

/** The logs of an organisation, which follow each other, the wish for the next one, and the checkpoints that were signed. */
export function logGenerationTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    `alter table log_state add column generation ${integer} not null default 1`,
    `alter table log_state add column base ${integer} not null default 0`,
    `create table log_generation (
      ${owned}, number ${integer} not null check (number > 0), origin ${text} not null,
      base ${integer} not null check (base >= 0), verifier_key ${text} not null, started_at ${integer} not null,
      ended_at ${integer}, last_checkpoint ${text},
      primary key (organisation, number), unique (organisation, origin),
      check (last_checkpoint is null or ended_at is not null)
    )${table}`,
    // One log grows at a time.
    "create unique index log_generation_newest on log_generation (organisation) where ended_at is null",
    `create table log_rotation (
      ${owned} primary key, asked_by ${text} not null, via ${text}, reason ${text} not null,
      abandon ${integer} not null check (abandon in (0, 1)), asked_at ${integer} not null
    )${table}`,
    `create table log_checkpoint (
      ${owned}, generation ${integer} not null, size ${integer} not null check (size >= 0), root ${text} not null,
      note ${text} not null, published_at ${integer} not null, cosigned_at ${integer},
      primary key (organisation, generation, size)
    )${table}`,
    `create index log_checkpoint_cosigned on log_checkpoint (organisation, generation, size)
      where cosigned_at is not null`,
    ...["log_generation", "log_rotation", "log_checkpoint"].flatMap(wall),
  ]
}
