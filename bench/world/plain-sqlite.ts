import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { openSqlite } from "@tabard/store"

/** A bare connection with the pragmas that the store has, in a directory of its own. */
export interface PlainSqlite extends AsyncDisposable {
  readonly database: DatabaseSync
}

/** Opens a file with Tabard's own tables and indexes, so that the same rows cost the same pages. */
export async function openPlainSqlite(): Promise<PlainSqlite> {
  const directory = await mkdtemp(join(tmpdir(), "tabard-bench-"))
  const path = join(directory, "plain.db")
  await (await openSqlite({ path }))[Symbol.asyncDispose]()
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: true })
  database.exec("pragma journal_mode = wal; pragma synchronous = full")
  return {
    database,
    async [Symbol.asyncDispose]() {
      database.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
