import type { ColumnTypes } from "./column-types.ts"

/** From where and when a token counts, as it was issued. What programs of before issued says nothing of it. */
export function tokenConditions({ text }: ColumnTypes): readonly string[] {
  return [`alter table token add column conditions ${text} not null default '[]'`]
}
