import { Pool, type PoolClient, types } from "pg"
import type { RunStatement } from "../statement.ts"

/** Opens connections as they are needed, at most `max`. Numbers of eight bytes are read as numbers. */
export function connections(url: string, max: number): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    types: {
      getTypeParser: (oid, format) =>
        oid === types.builtins.INT8 ? safeInteger : types.getTypeParser(oid, format),
    },
  })
  // Without a listener a connection that ends ends the process. The next statement on it tells its caller.
  pool.on("error", () => undefined)
  pool.on("connect", (client) => client.on("error", () => undefined))
  return pool
}

/** Runs statements on one connection. */
export function runnerOn(client: PoolClient): RunStatement {
  return async ({ sql, parameters }) => {
    const { rows, rowCount } = await client.query<object>(sql, [...parameters])
    return rowCount === null ? { rows } : { rows, changes: rowCount }
  }
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError("a column holds a number that was never written")
  return value
}
