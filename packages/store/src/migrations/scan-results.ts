import type { ColumnTypes } from "./column-types.ts"

/** Keeps what each scan brought. Programs that do not know of it leave it empty, which is read as "not told". */
export function scanResults({ text }: ColumnTypes): readonly string[] {
  return [`alter table scan add column result ${text}`]
}
