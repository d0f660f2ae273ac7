import type { ColumnTypes } from "./column-types.ts"

/** The table of values that events only commit to: a row can go, and the event it belongs to stays as it is. */
export function eventValueTables({ text, integer, bytes, table, wall }: ColumnTypes): readonly string[] {
  return [
    `create table event_value (
      organisation ${text} not null references organisation (id), event ${text} not null, field ${text} not null,
      salt ${bytes} not null, value ${text} not null, class ${text} not null check (class in ('bulky', 'personal')),
      person ${text}, erasable ${integer} not null check (erasable in (0, 1)),
      primary key (organisation, event, field)
    )${table}`,
    "create index event_value_by_person on event_value (organisation, person) where person is not null",
    ...wall("event_value"),
  ]
}
