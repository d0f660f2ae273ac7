import type { ColumnTypes } from "./column-types.ts"

const TABLES = ["sink", "sink_progress", "sink_pace", "dead_letter"]

/** The tables of where the record is exported to, and how far it has come there. */
export function sinkTables(types: ColumnTypes): readonly string[] {
  const { text, integer, bytes, table } = types
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    // What a removed sink sealed is gone with it.
    `create table sink (
      ${owned}, id ${text} not null, kind ${text} not null, name ${text} not null, content ${text} not null,
      settings ${text} not null, sealed ${bytes}, choice ${text} not null,
      checkpoints ${integer} not null check (checkpoints in (0, 1)),
      state ${text} not null check (state in ('running', 'paused')), revision ${integer} not null,
      made_by ${text} not null, made_at ${integer} not null, removed_at ${integer},
      primary key (organisation, id), check ((removed_at is null) = (sealed is not null))
    )${table}`,
    `create table sink_progress (
      ${owned}, sink ${text} not null, place ${integer} not null check (place >= 0),
      reached ${integer} not null check (reached >= place), checkpoint ${integer} not null, checkpoint_at ${integer},
      standing ${text} not null check (standing in ('well', 'later', 'held')), failures ${integer} not null,
      due ${integer}, said ${text}, troubled_since ${integer}, told ${integer} not null check (told in (0, 1)),
      succeeded_at ${integer}, failed_at ${integer},
      primary key (organisation, sink), check ((standing = 'well') = (troubled_since is null))
    )${table}`,
    `create table sink_pace (
      ${owned}, sink ${text} not null, hour ${integer} not null, entries ${integer} not null, late ${integer} not null,
      primary key (organisation, sink, hour)
    )${table}`,
    `create index sink_pace_by_hour on sink_pace (organisation, hour)`,
    `create table dead_letter (
      ${owned}, id ${text} not null, sink ${text} not null, item ${text} not null, type ${text} not null,
      place ${integer} not null, note ${text}, reason ${text} not null, at ${integer} not null,
      tries ${integer} not null, again ${integer} not null check (again in (0, 1)),
      primary key (organisation, id), unique (organisation, sink, item)
    )${table}`,
    `create index dead_letter_by_sink on dead_letter (organisation, sink, id)`,
    `create index dead_letter_again on dead_letter (organisation, sink, place, id) where again = 1`,
    ...TABLES.flatMap(types.wall),
  ]
}
