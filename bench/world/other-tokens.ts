// Puts live tokens into a store's file, beside the one that there is, while a Tabard runs on it.
import { DatabaseSync, type SQLOutputValue } from "node:sqlite"

/** How many agents they are spread over. */
const AGENTS = 100_000

/** Rows that are written in one transaction: the Tabard whose file it is writes in between. */
const PORTION = 10_000

/** In the order in which the index of tokens has them. */
const LETTERS = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"

/** What another row holds where it differs from the one that it is a copy of: SQL over its number, `n`. */
type Differing = Readonly<Record<string, string>>

const [path = "", tokens = "0"] = process.argv.slice(2)
using database = new DatabaseSync(path, { timeout: 60_000 })
addOtherTokens(Number(tokens))

/**
 * Of as many as a hundred thousand agents, each with an owner and an install: copies of what that Tabard made, since a
 * million would take its stores many minutes.
 */
function addOtherTokens(count: number): void {
  database.exec("pragma synchronous = off; pragma cache_size = -400000")
  const agents = Math.min(AGENTS, count)
  const [owner, agent, instance] = ["usr", "agt", "ins"].map((prefix) => idOf(prefix, agents))
  if (!owner || !agent || !instance) throw new Error("three kinds of rows")
  copy("user", agents, {
    id: owner,
    role: "'member'",
    email: `printf('other-%d@example.test', n)`,
    email_key: `printf('other-%d@example.test', n)`,
  })
  copy("agent", agents, { id: agent, owner, proposed_by: owner })
  copy("instance", agents, { id: instance, agent, thumbprint: "printf('other-%037d', n)" })
  // They live on while others are timed.
  copy("token", count, { jti: handleOf(count), agent, instance, expires_at: "expires_at + 3600000" })
  database.exec("pragma wal_checkpoint(truncate)")
}

/** The ids of as many, the first of which comes again after the last. */
function idOf(prefix: string, many: number): string {
  return `printf('${prefix}_019b0000-0000-7000-8000-%012x', n % ${many})`
}

/** Handles are random: these are spread over all that there could be, so that a new one falls between any two. */
function handleOf(count: number): string {
  const letters = [64, 64 ** 2, 64 ** 3].map(
    (parts) => `substr('${LETTERS}', 1 + (n * ${parts} / ${count}) % 64, 1)`,
  )
  return `${letters.join(" || ")} || substr(hex(randomblob(16)), 1, 19)`
}

/** Copies the oldest row of a table so many times. */
function copy(table: string, count: number, differing: Differing): void {
  const columns = database.prepare(`pragma table_info("${table}")`).all().map(nameOf)
  const values = columns.map((column) => differing[column] ?? `"${column}"`)
  const insert = database.prepare(`with recursive numbers (n) as
      (select ? union all select n + 1 from numbers where n + 1 < ?)
    insert into "${table}" (${columns.map((column) => `"${column}"`).join(", ")})
    select ${values.join(", ")} from numbers, (select * from "${table}" order by rowid limit 1)`)
  for (let made = 0; made < count; made += PORTION) insert.run(made, Math.min(made + PORTION, count))
}

function nameOf({ name }: Record<string, SQLOutputValue>): string {
  return String(name)
}
