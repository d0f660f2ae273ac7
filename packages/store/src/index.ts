export { openSqlite, type SqliteSettings } from "./sqlite/open-sqlite.ts"
export { StoreProblem, type StoreProblemCode } from "./store-problem.ts"
