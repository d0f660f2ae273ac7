export { openPostgres, type PostgresSettings } from "./postgres/open-postgres.ts"
export type { PostgresStore } from "./postgres/postgres-store.ts"
export { openSqlite, type SqliteSettings } from "./sqlite/open-sqlite.ts"
export { StoreProblem, type StoreProblemCode } from "./store-problem.ts"
