import type { IndexedKind, SearchEntry } from "@tabard/control"
import { inPortions, inWrites } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { SearchWordRow } from "../tables/search.ts"
import { titleKey } from "./search-finding.ts"

/** Keeps the words of each entry. Most are as they were: only what differs is written. */
export async function putWords(scope: Scope, entries: readonly SearchEntry[]): Promise<void> {
  for (const [kind, same] of Map.groupBy(entries, (entry) => entry.kind)) {
    const subjects = same.map(({ subject }) => subject)
    const kept = await keptWords(scope, kind, subjects)
    for (const entry of same) await drop(scope, entry, without(kept.get(entry.subject), rowsOf(entry)))
    await keep(
      scope,
      same.flatMap((entry) =>
        without(rowsOf(entry), kept.get(entry.subject)).map((word) => ({ ...entry, word })),
      ),
    )
  }
}

function without(words: ReadonlySet<string> = new Set(), others: ReadonlySet<string> = new Set()): string[] {
  return [...words].filter((word) => !others.has(word))
}

function keep(
  { db, organisation }: Scope,
  fresh: readonly Pick<SearchWordRow, "kind" | "subject" | "word">[],
): Promise<void> {
  return inWrites(fresh, (portion) =>
    db
      .insertInto("search_word")
      .values(portion.map(({ kind, subject, word }) => ({ organisation, kind, subject, word })))
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  )
}

/** Drops every word of these subjects. */
export async function forgetWords(
  { db, organisation }: Scope,
  kind: IndexedKind,
  subjects: readonly string[],
): Promise<void> {
  await inWrites(subjects, (portion) =>
    db
      .deleteFrom("search_word")
      .where("organisation", "=", organisation)
      .where("kind", "=", kind)
      .where("subject", "in", portion)
      .execute(),
  )
}

function rowsOf({ title, words }: SearchEntry): ReadonlySet<string> {
  return new Set(title === "" ? words : [titleKey(title), ...words])
}

async function keptWords(
  { db, organisation }: Scope,
  kind: IndexedKind,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await inPortions(subjects, (portion) =>
    db
      .selectFrom("search_word")
      .select(["subject", "word"])
      .where("organisation", "=", organisation)
      .where("kind", "=", kind)
      .where("subject", "in", portion)
      .execute(),
  )
  const words = Map.groupBy(rows, ({ subject }) => subject)
  return new Map([...words].map(([subject, own]) => [subject, new Set(own.map(({ word }) => word))]))
}

async function drop(
  { db, organisation }: Scope,
  { kind, subject }: SearchEntry,
  words: readonly string[],
): Promise<void> {
  await inWrites(words, (portion) =>
    db
      .deleteFrom("search_word")
      .where("organisation", "=", organisation)
      .where("kind", "=", kind)
      .where("subject", "=", subject)
      .where("word", "in", portion)
      .execute(),
  )
}
