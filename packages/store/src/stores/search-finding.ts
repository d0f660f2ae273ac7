import type { WordQuery } from "@tabard/control"
import { type RawBuilder, sql } from "kysely"
import { boundedLimit } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { SearchWordRow } from "../tables/search.ts"
import { answeredAgents } from "./answered-agents.ts"

/** Stands before a title that is kept as a whole. No word holds it. */
const TITLE = "="

/** Sorts behind every letter, in the order of bytes that both databases keep. */
const END = "\u{10FFFF}"

/** How many rows a page of the index has for each subject that is asked for: some are found by several of their words. */
const ROWS_A_SUBJECT = 4

/** Counting further would not tell which of the words is the rarest. */
const COUNTED = 500

/** Writes a title as the row that it is found by as a whole. */
export function titleKey(title: string): string {
  return TITLE + title
}

/** Answers what is called so, and then what all the words find, in the order of the index. */
export async function findByWords(scope: Scope, query: WordQuery): Promise<readonly string[]> {
  const limit = boundedLimit(query.limit)
  const called = await readIndex(scope, query, { driver: titleKey(query.title), others: [], limit })
  if (called.length === limit) return called
  const [driver, ...others] = await rarestFirst(scope, query)
  if (driver === undefined) return called
  const found = await readIndex(scope, query, { driver, others, limit })
  return [...new Set([...called, ...found])].slice(0, limit)
}

/** What is read of the index: what begins with `driver`, as far as all the others find it too. */
interface Reading {
  readonly driver: string
  readonly others: readonly string[]
  readonly limit: number
}

/** Goes along the index by pages until enough subjects are found, so that a frequent word costs what a rare one does. */
async function readIndex(scope: Scope, query: WordQuery, reading: Reading): Promise<readonly string[]> {
  const found = new Set<string>()
  const size = reading.limit * ROWS_A_SUBJECT
  let last: Pick<SearchWordRow, "word" | "subject"> | undefined
  do {
    const page = await readPage(scope, query, { ...reading, size, after: last })
    for (const { subject } of page) found.add(subject)
    last = page.length === size ? page.at(-1) : undefined
  } while (last && found.size < reading.limit)
  return [...found].slice(0, reading.limit)
}

async function readPage(
  scope: Scope,
  { kind, answeredBy }: WordQuery,
  {
    driver,
    others,
    size,
    after,
  }: Reading & { size: number; after: Pick<SearchWordRow, "word" | "subject"> | undefined },
): Promise<readonly Pick<SearchWordRow, "word" | "subject">[]> {
  const { organisation } = scope
  const conditions = [
    // Each is looked up by its subject, whatever the database guesses: the offset keeps it from joining two ranges of
    // words, and the joined nothing from going along the second one each time.
    ...others.map(
      (other) => sql`exists (select 1 from search_word as o where o.organisation = ${organisation}
        and o.kind = ${kind} and o.subject = w.subject
        and o.word || '' >= ${other} and o.word || '' < ${other + END} limit 1 offset 0)`,
    ),
    ...(answeredBy ? [sql`w.kind = 'agent' and w.subject in ${answeredAgents(scope, answeredBy)}`] : []),
    ...(after ? [sql`(w.word, w.subject) > (${after.word}, ${after.subject})`] : []),
  ]
  const { rows } = await sql<Pick<SearchWordRow, "word" | "subject">>`
    select w.word, w.subject from search_word as w where w.organisation = ${organisation} and w.kind = ${kind}
      and ${begins(driver)} ${both(conditions)} order by w.word, w.subject limit ${size}`.execute(scope.db)
  return rows
}

/** The word that begins the fewest words leads, since the others are asked about each that it finds. */
async function rarestFirst(scope: Scope, query: WordQuery): Promise<readonly string[]> {
  if (query.words.length < 2) return query.words
  const counted = []
  for (const word of query.words) counted.push({ word, rows: await countUpTo(scope, query, word) })
  return counted.toSorted((a, b) => a.rows - b.rows).map(({ word }) => word)
}

async function countUpTo({ db, organisation }: Scope, { kind }: WordQuery, word: string): Promise<number> {
  const { rows } = await sql<{ rows: number }>`select count(*) as rows from (select 1 from search_word as w
    where w.organisation = ${organisation} and w.kind = ${kind} and ${begins(word)} limit ${COUNTED}) as counted`.execute(
    db,
  )
  return rows[0]?.rows ?? 0
}

function begins(word: string): RawBuilder<unknown> {
  return sql`w.word >= ${word} and w.word < ${word + END}`
}

function both(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(
    conditions.map((condition) => sql`and ${condition}`),
    sql` `,
  )
}
