import type { ColumnTypes } from "./column-types.ts"

/**
 * The tables of the words that things are found by, and of how far what was there before has been indexed; and how
 * decisions are looked up by what was to be done.
 */
export function searchTables({ text, integer, table, clustered, wall }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    `create table search_word (
      ${owned}, kind ${text} not null, subject ${text} not null, word ${text} not null,
      primary key (organisation, kind, subject, word)
    )${clustered}`,
    "create index search_word_by_word on search_word (organisation, kind, word, subject)",
    `create table search_progress (
      ${owned} primary key, words_version ${integer} not null, place ${text}, at ${integer} not null
    )${table}`,
    "create index decision_by_action on decision (organisation, action, at, id)",
    ...["search_word", "search_progress"].flatMap(wall),
  ]
}
