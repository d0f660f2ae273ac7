import type { Team } from "@tabard/core"
import { csvText } from "../../register/csv-text.ts"
import type { Transaction } from "../../transaction.ts"
import { readDirectory } from "./known-directory.ts"
import { PEOPLE_COLUMNS, type PeopleColumn } from "./people-columns.ts"

/** People as a file. */
export interface ExportedPeople {
  readonly csv: string
  readonly people: number
}

/**
 * Writes everybody as comma-separated values: what an import takes, and whether they are active. No cell of it is a
 * formula, whatever somebody is called.
 */
export async function exportPeople(
  tx: Pick<Transaction, "provisioned" | "teams" | "users">,
): Promise<ExportedPeople> {
  const { byId, teamsOf } = await readDirectory(tx)
  const rows = [...byId.values()].map(({ id, email, name, role, manager, active }) => {
    const row: Readonly<Record<PeopleColumn, string>> = {
      email,
      name,
      role,
      manager: (manager && byId.get(manager)?.email) ?? "",
      teams: namesOf(teamsOf.get(id) ?? []),
      state: active ? "active" : "switched off",
    }
    return PEOPLE_COLUMNS.map((column) => row[column])
  })
  return { csv: csvText(PEOPLE_COLUMNS, rows), people: rows.length }
}

/** What SCIM keeps stands in no file: its names may hold what parts teams there, and no import may change it. */
function namesOf(teams: readonly Team[]): string {
  return teams
    .filter(({ keptBy }) => keptBy !== "scim")
    .map(({ name }) => name)
    .join("; ")
}
