import type { ColumnTypes } from "./column-types.ts"

/** Keeps when a person was erased: who was is never let in again. */
export function erasedPeople({ integer }: ColumnTypes): readonly string[] {
  return [`alter table "user" add column erased_at ${integer}`]
}
