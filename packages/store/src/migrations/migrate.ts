import type { RunStatement } from "../statement.ts"
import { StoreProblem } from "../store-problem.ts"
import type { ColumnTypes } from "./column-types.ts"
import { MIGRATIONS, PROGRAM } from "./migrations.ts"

/** Where a schema stands: its last step, and the oldest program that may work on it. */
interface SchemaVersion {
  readonly version: number
  readonly minimumProgram: number
}

/**
 * Brings the schema up to this program's, inside a transaction that the caller holds alone, and answers the
 * steps that it took.
 *
 * @throws {StoreProblem} newer_schema
 */
export async function migrate(run: RunStatement, types: ColumnTypes, at: Date): Promise<readonly number[]> {
  const found = await schemaVersion(run, types)
  assertNotNewer(found)
  const steps = MIGRATIONS.filter(({ version }) => version > found.version)
  for (const step of steps) {
    for (const sql of step.statements(types)) await run({ sql, parameters: [] })
    await run({
      sql: `insert into schema_migration (version, minimum_program, applied_at)
        values (${step.version}, ${step.minimumProgram}, ${at.getTime()})`,
      parameters: [],
    })
  }
  return steps.map(({ version }) => version)
}

async function schemaVersion(run: RunStatement, { integer, table }: ColumnTypes): Promise<SchemaVersion> {
  await run({
    sql: `create table if not exists schema_migration (
      version ${integer} primary key, minimum_program ${integer} not null, applied_at ${integer} not null
    )${table}`,
    parameters: [],
  })
  const { rows } = await run({
    sql: `select version, minimum_program from schema_migration order by version desc limit 1`,
    parameters: [],
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the columns are named in the statement above
  const [last] = rows as readonly { version: number; minimum_program: number }[]
  return last
    ? { version: last.version, minimumProgram: last.minimum_program }
    : { version: 0, minimumProgram: 0 }
}

/** A program may work on a newer schema only where that schema says so: expand first, contract a release later. */
function assertNotNewer({ version, minimumProgram }: SchemaVersion): void {
  if (minimumProgram <= PROGRAM) return
  throw new StoreProblem(
    "newer_schema",
    `The database is newer than this program: its schema is at step ${version} and asks for a program that knows step ${minimumProgram}, this one knows step ${PROGRAM}. Install a newer version of Tabard, or open a backup that was made with this one.`,
  )
}
