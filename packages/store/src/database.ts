import {
  type CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresQueryCompiler,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteQueryCompiler,
} from "kysely"
import type { RunStatement } from "./statement.ts"
import type { Tables } from "./tables/tables.ts"

/** The differences between the databases that queries know of. */
export interface Capabilities {
  /** Whether expiry of leases goes by the database's clock, because several processes share it. */
  readonly databaseTime: boolean
  /** Whether one question can ask for the newest few of each of many things. */
  readonly lateral: boolean
}

/** One kind of database: how its statements are spelt, and what it can do. */
export interface DatabaseKind extends Capabilities {
  readonly compiler: QueryCompiler
  readonly adapter: DialectAdapter
}

/** The connection is handed in and a transaction stands already, so nothing is to be locked here. */
class HandedInSqliteAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

/** SQLite: one process, so the clock that is handed in is the only one. */
export const SQLITE: DatabaseKind = {
  compiler: new SqliteQueryCompiler(),
  adapter: new HandedInSqliteAdapter(),
  databaseTime: false,
  lateral: false,
}

/** PostgreSQL: several processes with several clocks. */
export const POSTGRES: DatabaseKind = {
  compiler: new PostgresQueryCompiler(),
  adapter: new PostgresAdapter(),
  databaseTime: true,
  lateral: true,
}

/** A query builder whose every statement goes through `run`: it begins and ends nothing by itself. */
export function queriesOver(kind: DatabaseKind, run: RunStatement): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => kind.adapter,
      createDriver: () => new HandedInDriver(run),
      createIntrospector: () => {
        throw new Error("the tables are known: nothing asks the database for them")
      },
      createQueryCompiler: () => kind.compiler,
    },
  })
}

class HandedInDriver implements Driver {
  readonly #connection: DatabaseConnection

  constructor(run: RunStatement) {
    this.#connection = {
      executeQuery: async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
        const { rows, changes } = await run(query)
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the query builder derived Row from the tables
        const typed = rows as Row[]
        return changes === undefined ? { rows: typed } : { rows: typed, numAffectedRows: BigInt(changes) }
      },
      streamQuery: () => {
        throw new Error("rows are read whole: a stream would outlive its transaction")
      },
    }
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }
  async beginTransaction(): Promise<void> {
    throw new Error("the transaction stands already")
  }
  async commitTransaction(): Promise<void> {
    throw new Error("the transaction is ended by who began it")
  }
  async rollbackTransaction(): Promise<void> {
    throw new Error("the transaction is ended by who began it")
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}
