import type { ColumnTypes } from "./column-types.ts"

/** Whether somebody other than its owner widens what an agent may do; until it is settled, its owner does. */
export function widenedByAnother({ integer }: ColumnTypes): readonly string[] {
  return [`alter table settings add column widened_by_another ${integer} not null default 0`]
}
