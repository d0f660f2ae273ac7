import type { ColumnTypes } from "./column-types.ts"

const TABLES = ["signal_stream", "signal_subject", "signal_set", "signal_source", "later_key"]

/**
 * The tables of signals: streams that receivers are told by, and sources that are believed. Keys of purposes that came
 * after the first schema have a table of their own, since SQLite cannot widen the check of the first.
 */
export function signalTables(types: ColumnTypes): readonly string[] {
  const { text, integer, bytes, arrival, table } = types
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    `create table signal_stream (
      ${owned}, id ${text} not null, name ${text} not null, receiver ${text}, audience ${text} not null,
      method ${text} not null check (method in ('push', 'poll')), url ${text}, requested ${text} not null,
      types ${text} not null, form ${text} not null check (form in ('uri', 'iss_sub')),
      everybody ${integer} not null check (everybody in (0, 1)), sealed ${bytes},
      status ${text} not null check (status in ('enabled', 'paused', 'disabled')), reason ${text},
      revision ${integer} not null, made_by ${text} not null, made_at ${integer} not null, removed_at ${integer},
      place ${integer} not null check (place >= 0), due ${integer}, failures ${integer} not null, said ${text},
      delivered_at ${integer}, failed_at ${integer}, dropped ${integer} not null, refused ${integer} not null,
      verified_at ${integer},
      primary key (organisation, id), check ((method = 'push') = (url is not null)),
      check (removed_at is null or sealed is null)
    )${table}`,
    `create table signal_subject (
      ${owned}, stream ${text} not null, subject ${text} not null, told ${integer} not null check (told in (0, 1)),
      primary key (organisation, stream, subject)
    )${table}`,
    `create table signal_set (
      number ${arrival}, ${owned}, jti ${text} not null, stream ${text} not null, claims ${text} not null,
      control ${integer} not null check (control in (0, 1)), made_at ${integer} not null,
      unique (organisation, jti)
    )${table}`,
    "create index signal_set_by_stream on signal_set (organisation, stream, control, number)",
    `create table signal_source (
      ${owned}, id ${text} not null, name ${text} not null, issuer ${text} not null, audience ${text} not null,
      jwks_uri ${text} not null, method ${text} not null check (method in ('push', 'poll')), token_hash ${text},
      url ${text}, sealed ${bytes}, state ${text} not null check (state in ('running', 'paused')),
      revision ${integer} not null, made_by ${text} not null, made_at ${integer} not null, removed_at ${integer},
      due ${integer}, failures ${integer} not null, said ${text}, received_at ${integer}, received ${integer} not null,
      refused_at ${integer}, refused ${integer} not null,
      primary key (organisation, id), check ((method = 'push') = (token_hash is not null)),
      check ((method = 'poll') = (url is not null)), check (removed_at is null or sealed is null)
    )${table}`,
    `create table later_key (
      ${owned}, id ${text} not null, purpose ${text} not null, sealed ${bytes} not null, sealed_under ${text} not null,
      public_half ${text}, created_at ${integer} not null, retired_at ${integer},
      primary key (organisation, id)
    )${table}`,
    "create unique index later_key_live on later_key (organisation, purpose) where retired_at is null",
    ...TABLES.flatMap(types.wall),
  ]
}
