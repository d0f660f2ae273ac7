import type { ColumnTypes } from "./column-types.ts"

/** Keeps up to which index of a log the partial tiles are collected. */
export function collectedTiles({ integer }: ColumnTypes): readonly string[] {
  return [`alter table log_generation add column collected ${integer} not null default 0`]
}
