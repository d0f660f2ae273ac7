import { type Clock, systemClock } from "@tabard/core"
import type { Pool } from "pg"
import { POSTGRES_TYPES } from "../migrations/column-types.ts"
import { migrate } from "../migrations/migrate.ts"
import { connections, runnerOn } from "./connections.ts"
import { postgresProblem, unreachable } from "./postgres-error.ts"
import { PostgresStore } from "./postgres-store.ts"
import { PostgresTransactions } from "./postgres-transactions.ts"

/** Where a PostgreSQL store is. */
export interface PostgresSettings {
  /** postgres://user:password@host/database; the user owns the tables and is no superuser. */
  readonly url: string
  readonly clock?: Clock
  /** How many connections this process opens at most; ten where nothing is said, PostgreSQL's own limit being 100. */
  readonly maxConnections?: number
}

/** The lock under which one process at a time brings the schema up; any number that nobody else takes. */
const MIGRATION_LOCK = 7_432_911_204

/**
 * Opens the store in a PostgreSQL database, brought up to this program's schema. Several processes may have it.
 *
 * @throws {StoreProblem} unreachable, newer_schema
 */
export async function openPostgres(settings: PostgresSettings): Promise<PostgresStore> {
  const { url, clock = systemClock, maxConnections = 10 } = settings
  await using opened = new AsyncDisposableStack()
  const pool = opened.adopt(connections(url, maxConnections), (held) => held.end())
  await migrateAlone(pool, clock)
  return new PostgresStore(new PostgresTransactions(pool), opened.move())
}

async function migrateAlone(pool: Pool, clock: Clock): Promise<void> {
  const client = await pool.connect().catch((error: unknown) => {
    throw unreachable(error)
  })
  try {
    await client.query(`begin; select pg_advisory_xact_lock(${MIGRATION_LOCK})`)
    await migrate(runnerOn(client), POSTGRES_TYPES, clock.now())
    await client.query("commit")
  } catch (error) {
    throw postgresProblem(error)
  } finally {
    // Closed rather than given back: whatever stood on it, a failed migration leaves nothing behind.
    client.release(true)
  }
}
