import type { ColumnTypes } from "./column-types.ts"

const TABLES = ["log_policy", "log_witness"]

/** The tables of who witnesses an organisation's logs, and what is known of each witness. */
export function logWitnessTables(types: ColumnTypes): readonly string[] {
  const { text, integer, table } = types
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    `create table log_policy (
      ${owned}, text ${text} not null, put_by ${text} not null, put_at ${integer} not null,
      primary key (organisation)
    )${table}`,
    `create table log_witness (
      ${owned}, generation ${integer} not null, verifier_key ${text} not null,
      size ${integer} not null check (size >= 0), cosigned_at ${integer},
      trouble ${text} check (trouble in ('unavailable', 'unknown-log', 'ahead', 'split-view')), said ${text},
      failures ${integer} not null, due ${integer},
      primary key (organisation, generation, verifier_key), check ((trouble is null) = (said is null))
    )${table}`,
    ...TABLES.flatMap(types.wall),
  ]
}
