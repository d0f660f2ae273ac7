import type { RunStatement } from "../statement.ts"

/** Answers the last step that the schema has taken, by this program or by a newer one. */
export async function schemaStep(run: RunStatement): Promise<number> {
  const { rows } = await run({ sql: "select max(version) as step from schema_migration", parameters: [] })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the column is named in the statement above
  const [last] = rows as readonly { step: number | null }[]
  return last?.step ?? 0
}
