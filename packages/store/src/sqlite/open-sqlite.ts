import { mkdir, open, realpath } from "node:fs/promises"
import { dirname } from "node:path"
import type { Store } from "@tabard/control"
import { type Clock, systemClock } from "@tabard/core"
import { SQLITE_TYPES } from "../migrations/column-types.ts"
import { migrate } from "../migrations/migrate.ts"
import { GroupCommit } from "./group-commit.ts"
import { keepStatistics } from "./keep-statistics.ts"
import { lockPath } from "./process-lock.ts"
import { SnapshotPool } from "./snapshot-pool.ts"
import { unwritable } from "./sqlite-error.ts"
import { SqliteStore } from "./sqlite-store.ts"
import { SqliteWriter } from "./sqlite-writer.ts"

/** Where a SQLite store is. */
export interface SqliteSettings {
  /** The database's file; it and its directory are made where they are missing, readable by this user alone. */
  readonly path: string
  readonly clock?: Clock
}

/**
 * Opens the store in a file, brought up to this program's schema. One process has it at a time.
 *
 * @throws {StoreProblem} unwritable, in_use, damaged, newer_schema
 */
export async function openSqlite({ path, clock = systemClock }: SqliteSettings): Promise<Store> {
  const file = await prepareFile(path)
  await using opened = new AsyncDisposableStack()
  const writer = opened.use(await SqliteWriter.open(file))
  const commits = opened.use(new GroupCommit(writer))
  await commits.submit((run) => migrate(run, SQLITE_TYPES, clock.now()))
  const snapshots = opened.use(new SnapshotPool(file))
  opened.use(await keepStatistics(commits, snapshots))
  return new SqliteStore(commits, snapshots, opened.move())
}

/** Sealed keys lie in it: nobody else may read it, or hold its lock, not even for the moment before its first write. */
async function prepareFile(path: string): Promise<string> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await createWhereMissing(path)
    const file = await realpath(path)
    await createWhereMissing(lockPath(file))
    return file
  } catch (error) {
    throw unwritable(path, codeOf(error) ?? "unknown reason")
  }
}

/** A file that is there is not even opened: closing it again would drop this process's locks on it (POSIX). */
async function createWhereMissing(path: string): Promise<void> {
  try {
    const file = await open(path, "wx", 0o600)
    await file.close()
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined
}
