import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Store } from "@tabard/control"
import type { Clock } from "@tabard/core"
import { openSqlite } from "../sqlite/open-sqlite.ts"

/** A store that lives as long as its test. */
export interface TemporaryStore extends AsyncDisposable {
  readonly store: Store
  /** The database's file, for tests that look at it or open it again. */
  readonly path: string
}

/** Opens an empty SQLite store in a directory of its own, which goes when the store is disposed of. */
export async function openTemporarySqlite(settings: { clock?: Clock } = {}): Promise<TemporaryStore> {
  const directory = await mkdtemp(join(tmpdir(), "tabard-store-"))
  const path = join(directory, "tabard.db")
  await using opened = new AsyncDisposableStack()
  opened.defer(() => rm(directory, { recursive: true, force: true }))
  const store = opened.use(await openSqlite({ path, ...settings }))
  const resources = opened.move()
  return { store, path, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
