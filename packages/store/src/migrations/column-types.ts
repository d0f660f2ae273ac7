/** What the two databases call the same column. */
export interface ColumnTypes {
  readonly text: string
  readonly integer: string
  readonly bytes: string
  /** A number that the database gives each row, rising; with its key. */
  readonly arrival: string
  /** What follows the closing bracket of a table. */
  readonly table: string
}

/** SQLite's column types; `strict` makes it refuse a value of another type as PostgreSQL does. */
export const SQLITE_TYPES: ColumnTypes = {
  text: "text",
  integer: "integer",
  bytes: "blob",
  arrival: "integer primary key autoincrement",
  table: " strict",
}

/** PostgreSQL's column types; the collation makes it order text by code point as SQLite does. */
export const POSTGRES_TYPES: ColumnTypes = {
  text: 'text collate "C"',
  integer: "bigint",
  bytes: "bytea",
  arrival: "bigint generated always as identity primary key",
  table: "",
}
