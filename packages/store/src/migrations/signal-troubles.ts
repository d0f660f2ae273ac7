import type { ColumnTypes } from "./column-types.ts"

/** Since when a stream or a source fails, and whether people were told. Programs of before leave both as they are. */
export function signalTroubles({ integer }: ColumnTypes): readonly string[] {
  return ["signal_stream", "signal_source"].flatMap((table) => [
    `alter table ${table} add column troubled_since ${integer}`,
    `alter table ${table} add column told ${integer} not null default 0 check (told in (0, 1))`,
  ])
}
