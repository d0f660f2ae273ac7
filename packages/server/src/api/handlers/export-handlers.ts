import {
  type AgentSummary,
  type CredentialView,
  type CsvFile,
  type ExportOperations,
  type FindingView,
  MOST_OF_A_PAGE,
  type Page,
  type PageQuery,
} from "@tabard/api"
import { csvText } from "@tabard/control"
import { isId } from "@tabard/core"
import type { Handlers, RequestContext } from "../handler.ts"
import type { ApiServices } from "../services.ts"
import { agentSummaries } from "../views/agent-summaries.ts"
import { AGENT_CELLS, type Cells, CREDENTIAL_CELLS, FINDING_CELLS } from "../views/csv-cells.ts"
import { findingHandlers } from "./finding-handlers.ts"
import { inventoryHandlers } from "./inventory-handlers.ts"

/** The most lines of a file: more is read a page at a time. */
const MOST_LINES = 20_000

/** Lists as files: what a file holds is asked of the list itself, so that it holds no more for anybody. */
export function exportHandlers(services: ApiServices): Pick<Handlers, keyof ExportOperations> {
  const { listFindings } = findingHandlers(services)
  const { listCredentials } = inventoryHandlers(services)
  return {
    exportAgents: async (_, { agents }) => {
      const rows = await rowsOf(services, agents)
      return fileOf(services, { name: "agents", cells: AGENT_CELLS, items: rows, complete: true })
    },
    exportFindings: async (context, { form, ...wishes }) => {
      const read = await whole<FindingView>((page) => listFindings(context, { ...wishes, ...page }))
      const file = fileOf(services, { name: "findings", cells: FINDING_CELLS, ...read })
      return answered(context, form, file)
    },
    exportCredentials: async (context, { form, ...wishes }) => {
      const read = await whole<CredentialView>((page) => listCredentials(context, { ...wishes, ...page }))
      const file = fileOf(services, { name: "credentials", cells: CREDENTIAL_CELLS, ...read })
      return answered(context, form, file)
    },
  }
}

/** Rows of these agents in their order; one that whoever asks may not see, or that is gone, is left out. */
async function rowsOf(
  { shelf, clock }: ApiServices,
  ids: readonly string[],
): Promise<readonly AgentSummary[]> {
  const spelt = [...new Set(ids)].filter((id) => isId("agent", id))
  const rows = new Map<string, AgentSummary>()
  for (let from = 0; from < spelt.length; from += MOST_OF_A_PAGE) {
    const portion = spelt.slice(from, from + MOST_OF_A_PAGE)
    const found = await shelf.snapshot(async (tx) =>
      agentSummaries(tx, await tx.agents.findAll(portion), clock.now()),
    )
    for (const row of found) rows.set(row.id, row)
  }
  return spelt.flatMap((id) => rows.get(id) ?? [])
}

interface Whole<Item> {
  readonly items: readonly Item[]
  readonly complete: boolean
}

/** Reads a list page by page, as far as a file goes. */
async function whole<Item>(ask: (page: PageQuery) => Promise<Page<Item>>): Promise<Whole<Item>> {
  const items: Item[] = []
  let after: string | undefined
  do {
    const page = await ask({ limit: MOST_OF_A_PAGE, after })
    items.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined && items.length < MOST_LINES)
  return { items, complete: after === undefined }
}

function fileOf<Item>(
  { organisation, clock }: ApiServices,
  { name, cells, items, complete }: Whole<Item> & { readonly name: string; readonly cells: Cells<Item> },
): CsvFile {
  const columns = Object.keys(cells)
  const lines = items.map((item) => Object.values(cells).map((cell) => cell(item)))
  const day = clock.now().toISOString().slice(0, 10)
  return {
    filename: `${name}-${organisation.slug}-${day}${complete ? "" : `-first-${items.length}`}.csv`,
    csv: csvText(columns, lines),
    lines: items.length,
    complete,
  }
}

function answered(context: RequestContext, form: "file" | undefined, file: CsvFile): CsvFile {
  if (form === "file")
    context.sendFile({ name: file.filename, type: "text/csv; charset=utf-8", text: file.csv })
  return file
}
