import type { Clock, Id, User } from "@tabard/core"
import type { Snapshot, Transaction } from "../transaction.ts"
import { COLUMNS, type Column } from "./columns.ts"
import { csvText } from "./csv-text.ts"
import { entryCells } from "./entry-cells.ts"
import { entriesOf } from "./known-register.ts"

/** A register as a file. */
export interface ExportedRegister {
  readonly csv: string
  readonly agents: number
}

type Stores = "agents" | "facts" | "observations" | "offers" | "risks" | "users"
type Reads = Pick<Transaction, Stores>

export interface ExportRegisterDeps {
  readonly clock: Clock
  readonly snapshot: Snapshot<Stores>
}

/** As many agents as one snapshot is held for, however many there are. */
const PAGE = 500

/**
 * Writes every agent but those that are dismissed as comma-separated values: what an import takes, and what is known
 * besides, each as it stands when its page is read. No cell of it is a formula, whatever somebody called an agent.
 */
export async function exportRegister({ clock, snapshot }: ExportRegisterDeps): Promise<ExportedRegister> {
  const now = clock.now()
  const rows: string[][] = []
  let after: Id<"agent"> | undefined
  do {
    const page = await snapshot((tx) => readPage(tx, after, now))
    rows.push(...page.rows)
    after = page.next
  } while (after)
  return { csv: csvText(COLUMNS, rows), agents: rows.length }
}

interface RegisterPage {
  readonly rows: readonly string[][]
  readonly next: Id<"agent"> | undefined
}

async function readPage(tx: Reads, after: Id<"agent"> | undefined, now: Date): Promise<RegisterPage> {
  const people = new Map((await tx.users.list()).map((user) => [user.id, user]))
  const page = await tx.agents.list({ limit: PAGE, ...(after && { after }) })
  const ids = page.filter(({ state }) => state !== "dismissed").map(({ id }) => id)
  return {
    rows: await rowsOf(tx, { ids, people, now }),
    next: page.length === PAGE ? page.at(-1)?.id : undefined,
  }
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
