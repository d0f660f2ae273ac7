import type { Id, User } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import { COLUMNS, type Column } from "./columns.ts"
import { csvText } from "./csv-text.ts"
import { entryCells } from "./entry-cells.ts"
import { entriesOf } from "./known-register.ts"

/** A register as a file. */
export interface ExportedRegister {
  readonly csv: string
  readonly agents: number
}

type Reads = Pick<Transaction, "agents" | "facts" | "observations" | "offers" | "risks" | "users">

/** As many agents as are read at once. */
const PAGE = 1_000

/**
 * Writes every agent but those that are dismissed as comma-separated values: what an import takes, and what is known
 * besides. No cell of it is a formula, whatever somebody called an agent.
 */
export async function exportRegister(tx: Reads, now: Date): Promise<ExportedRegister> {
  const people = new Map((await tx.users.list()).map((user) => [user.id, user]))
  const rows: string[][] = []
  let after: Id<"agent"> | undefined
  do {
    const page = await tx.agents.list({ limit: PAGE, ...(after && { after }) })
    const ids = page.filter(({ state }) => state !== "dismissed").map(({ id }) => id)
    rows.push(...(await rowsOf(tx, { ids, people, now })))
    after = page.length === PAGE ? page.at(-1)?.id : undefined
  } while (after)
  return { csv: csvText(COLUMNS, rows), agents: rows.length }
}

async function rowsOf(
  tx: Reads,
  { ids, people, now }: { ids: readonly Id<"agent">[]; people: ReadonlyMap<string, User>; now: Date },
): Promise<readonly string[][]> {
  const lastSeen = await tx.observations.lastSeen(ids)
  const risks = await tx.risks.latest(ids)
  const entries = await entriesOf(tx, ids, now)
  return entries.map((entry) => {
    const { id } = entry.agent
    const cells = entryCells(entry, people)
    const told = { risk: risks.get(id)?.score.toString(), "last seen": lastSeen.get(id)?.toISOString() }
    const row: Partial<Record<Column, string | undefined>> = { ...cells, ...told }
    return COLUMNS.map((column) => row[column] ?? "")
  })
}
