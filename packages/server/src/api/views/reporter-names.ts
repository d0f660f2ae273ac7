import type { Transaction } from "@tabard/control"
import { isId } from "@tabard/core"

/** What people call whoever reported something, and whether it still may. */
export interface NamedReporter {
  readonly name: string
  readonly revoked: boolean
}

/** Reads the names of those who reported; one that is no enrolled reporter, such as the server itself, is called as it is. */
export async function reporterNames(
  { reporters }: Pick<Transaction, "reporters">,
  named: readonly string[],
): Promise<(reporter: string) => NamedReporter> {
  const ids = [...new Set(named)].filter((each) => isId("reporter", each))
  const enrolled = ids.length === 0 ? [] : await reporters.of(ids)
  const known = new Map<string, NamedReporter>(
    enrolled.map(({ id, name, revoked }) => [id, { name, revoked: revoked !== null }]),
  )
  return (reporter) => known.get(reporter) ?? { name: reporter, revoked: false }
}
