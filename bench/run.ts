import { mkdir, writeFile } from "node:fs/promises"
import { availableParallelism, totalmem } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import type { Figure, Table } from "./figure.ts"
import { access } from "./figures/access.ts"
import { consoleFigure } from "./figures/console.ts"
import { decision } from "./figures/decision.ts"
import { evaluation } from "./figures/evaluation.ts"
import { events } from "./figures/events.ts"
import { gateway } from "./figures/gateway.ts"
import { lists } from "./figures/lists.ts"
import { live } from "./figures/live.ts"
import { policyChange } from "./figures/policy-change.ts"
import { reconcile } from "./figures/reconcile.ts"
import { record } from "./figures/record.ts"
import { revocation } from "./figures/revocation.ts"
import { scan } from "./figures/scan.ts"
import { search } from "./figures/search.ts"
import { start } from "./figures/start.ts"
import { tokens } from "./figures/tokens.ts"
import { verification } from "./figures/verification.ts"
import { drawTable } from "./plot.ts"
import { printTable } from "./print-table.ts"

const FIGURES: readonly Figure[] = [
  start,
  scan,
  reconcile,
  evaluation,
  decision,
  gateway,
  access,
  events,
  record,
  tokens,
  verification,
  revocation,
  policyChange,
  live,
  consoleFigure,
  lists,
  search,
]

const USAGE = `usage: npm run bench -- [--quick] [--only NAME]… [--json] [--plots DIR]

  --quick      fewer rounds, and nothing that takes long: under a minute
  --only NAME  of ${FIGURES.map(({ name }) => name).join(", ")}
  --json       the numbers for a program
  --plots DIR  draw each table as DIR/NAME-n.svg`

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", multiple: true, default: [] },
    json: { type: "boolean", default: false },
    plots: { type: "string" },
    help: { type: "boolean", default: false },
  },
})
const unknown = values.only.find((name) => !FIGURES.some((figure) => figure.name === name))
if (values.help || unknown !== undefined) {
  process.stderr.write(`${USAGE}\n`)
  process.exit(unknown === undefined ? 0 : 2)
}

const stopping = new AbortController()
process.once("SIGINT", () => stopping.abort(new Error("stopped")))
process.once("SIGTERM", () => stopping.abort(new Error("stopped")))

const measured: { figure: string; tables: readonly Table[] }[] = []
for (const figure of FIGURES.filter(({ name }) => values.only.length === 0 || values.only.includes(name))) {
  try {
    const tables = await figure.measure({
      rounds: values.quick ? 3 : 7,
      roundMs: values.quick ? 150 : 500,
      quick: values.quick,
      signal: stopping.signal,
      say: (words) => void process.stderr.write(`${words}\n`),
    })
    measured.push({ figure: figure.name, tables })
    if (!values.json) process.stdout.write(`${tables.map(printTable).join("\n")}\n`)
  } catch (error) {
    process.exitCode = 1
    if (stopping.signal.aborted) break
    process.stderr.write(`${figure.name} failed: ${error instanceof Error ? error.stack : String(error)}\n`)
  }
}
const machine = {
  node: process.version,
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
}
if (values.json) process.stdout.write(`${JSON.stringify({ machine, measured }, null, 2)}\n`)
if (values.plots !== undefined) {
  await mkdir(values.plots, { recursive: true })
  for (const { figure, tables } of measured) {
    for (const [place, table] of tables.entries()) {
      await writeFile(join(values.plots, `${figure}-${place + 1}.svg`), drawTable(table))
    }
  }
}
