import { parseArgs } from "node:util"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { linesOf, sendCsv, writeCsv } from "./csv-files.ts"

const USAGE = `usage: tabard agents export [--server URL] [--token-file FILE]
       tabard agents import FILE [--server URL] [--token-file FILE] [--apply]

Writes the register of agents as CSV, or tells what a register would change, and changes it, all or nothing, with --apply.
Asked as whoever ran tabard login, at the server that they signed in at, or by the API token
(scope agents:read or agents:write) in TABARD_TOKEN or FILE (0600) at --server.`

const OPTIONS = {
  server: { type: "string" },
  "token-file": { type: "string" },
  apply: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const

/** What `tabard agents export` and `import` were asked. */
interface RegisterOptions {
  readonly server: string | undefined
  readonly tokenFile: string | undefined
  readonly apply: boolean
  readonly files: readonly string[]
}

/** `tabard agents export`: the register of agents, as CSV. */
export async function agentsExport(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parse(args, 0)
  return options ? writeCsv(options, "/register", surroundings) : help(surroundings)
}

/** `tabard agents import`: what a register changes; it ends with 1 where a line of it cannot be taken. */
export async function agentsImport(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parse(args, 1)
  if (!options) return help(surroundings)
  const { apply, files } = options
  const sent = { path: "/register", file: files[0] ?? "", wish: { apply } }
  const report = await sendCsv(options, sent, surroundings)
  for (const line of linesOf(report, "name")) surroundings.stdout.write(`${line}\n`)
  return Number(report["refused"]) > 0 ? 1 : 0
}

function parse(args: readonly string[], files: number): RegisterOptions | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) return undefined
    const { server, apply = false } = values
    if (positionals.length !== files)
      throw new UsageError(`${files === 0 ? "no file is read here" : "name one file"}\n${USAGE}`)
    return { server, apply, tokenFile: values["token-file"], files: positionals }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${USAGE}`)
  }
}

function help({ stdout }: Surroundings): number {
  stdout.write(`${USAGE}\n`)
  return 0
}
