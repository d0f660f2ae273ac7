import type { ColumnTypes } from "./column-types.ts"

const PEOPLE = ["actor_user", "owner_user", "served_user", "named_user"]

/** What events are found by. Those of before, and of programs that do not know of it, are marked afterwards. */
export function eventMarks({ text, integer }: ColumnTypes): readonly string[] {
  const found = [...PEOPLE, "tool", "server", "effect"]
  return [
    ...found.map((column) => `alter table event add column ${column} ${text}`),
    `alter table event add column marked ${integer}`,
    ...[...found, "call"].map(
      (column) =>
        `create index event_by_${column} on event (organisation, ${column}, arrival) where ${column} is not null`,
    ),
    "create index event_unmarked on event (organisation, arrival) where marked is null",
  ]
}
