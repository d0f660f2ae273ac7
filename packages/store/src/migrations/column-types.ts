/** What the two databases call the same column. */
export interface ColumnTypes {
  readonly text: string
  readonly integer: string
  readonly bytes: string
  /** A number that the database gives each row, rising; with its key. */
  readonly arrival: string
  /** What follows the closing bracket of a table. */
  readonly table: string
  /** The same of a table that is nothing but its key: SQLite keeps such a one once, in the order of that key. */
  readonly clustered: string
  /** What keeps organisations apart in a table besides the queries. */
  readonly wall: (table: string) => readonly string[]
  /** Statements that a step runs over every organisation's rows in these tables, past that wall and with it up again after. */
  readonly pastWall: (tables: readonly string[], statements: readonly string[]) => readonly string[]
}

/** SQLite's column types; `strict` makes it refuse a value of another type as PostgreSQL does. */
export const SQLITE_TYPES: ColumnTypes = {
  text: "text",
  integer: "integer",
  bytes: "blob",
  arrival: "integer primary key autoincrement",
  table: " strict",
  clustered: " strict, without rowid",
  wall: () => [],
  pastWall: (_, statements) => statements,
}

/** PostgreSQL's column types; the collation makes it order text by code point as SQLite does. */
export const POSTGRES_TYPES: ColumnTypes = {
  text: 'text collate "C"',
  integer: "bigint",
  bytes: "bytea",
  arrival: "bigint generated always as identity primary key",
  table: "",
  clustered: "",
  wall: rowSecurity,
  pastWall: (tables, statements) => [
    ...tables.map((table) => `alter table "${table}" no force row level security`),
    ...statements,
    ...tables.map((table) => `alter table "${table}" force row level security`),
  ],
}

/**
 * A query that forgot its organisation, or was made to, sees and moves no row of another. `force` puts the tables'
 * owner behind the wall too; a superuser and a role with BYPASSRLS stand above it (see bypassesRowSecurity).
 */
function rowSecurity(table: string): readonly string[] {
  const own = "organisation = current_setting('tabard.organisation', true)"
  return [
    `alter table "${table}" enable row level security`,
    `alter table "${table}" force row level security`,
    `create policy own_organisation on "${table}" using (${own}) with check (${own})`,
  ]
}
