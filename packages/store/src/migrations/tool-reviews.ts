import type { ColumnTypes } from "./column-types.ts"

/** Who put a version of a tool in force, and why. Of what programs of before pinned, nothing of the kind is known. */
export function toolReviews({ text, integer }: ColumnTypes): readonly string[] {
  return [
    `alter table tool_version add column reviewed_by ${text}`,
    `alter table tool_version add column review_reason ${text}`,
    `alter table tool_version add column corrected ${integer} not null default 0 check (corrected in (0, 1))`,
    "create index tool_version_history on tool_version (organisation, server, name, pinned_at)",
  ]
}
