import { parseArgs } from "node:util"
import type { JsonObject } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { linesOf, sendCsv, writeCsv } from "./csv-files.ts"

const USAGE = `usage: tabard people export [--server URL] [--token-file FILE]
       tabard people import FILE [--server URL] [--token-file FILE] [--apply] [--reactivate] [--deactivate-missing N]

Writes the people of the directory as CSV (email, name, role, manager, teams), or tells what a file of them would change,
and changes it, all or nothing, with --apply. --reactivate lets people of the file who were switched off in again;
--deactivate-missing switches off whom the file does not name, where they are exactly N.
Asked as whoever ran tabard login, at the server that they signed in at, or by the API token
(scope people:read or people:write, role administrator) in TABARD_TOKEN or FILE (0600) at --server.`

const OPTIONS = {
  server: { type: "string" },
  "token-file": { type: "string" },
  apply: { type: "boolean" },
  reactivate: { type: "boolean" },
  "deactivate-missing": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const

/** What `tabard people export` and `import` were asked. */
interface PeopleOptions {
  readonly server: string | undefined
  readonly tokenFile: string | undefined
  readonly wish: JsonObject
  readonly files: readonly string[]
}

/** `tabard people export`: the people of the directory, as CSV. */
export async function peopleExport(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parse(args, 0)
  return options ? writeCsv(options, "/people/export", surroundings) : help(surroundings)
}

/** `tabard people import`: what a file of people changes; it ends with 1 where a line of it cannot be taken. */
export async function peopleImport(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parse(args, 1)
  if (!options) return help(surroundings)
  const { files, wish } = options
  const report = await sendCsv(options, { path: "/people/import", file: files[0] ?? "", wish }, surroundings)
  for (const line of linesOf(report, "email")) surroundings.stdout.write(`${line}\n`)
  surroundings.stdout.write(`${missingLine(report)}\n`)
  return Number(report["refused"]) > 0 ? 1 : 0
}

function missingLine(report: JsonObject): string {
  const off = Number(report["deactivated"])
  if (off > 0) return `${off} not in the file, switched off`
  return `${Number(report["missing"])} not in the file, left alone`
}

function parse(args: readonly string[], files: number): PeopleOptions | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) return undefined
    const { server, apply = false, reactivate = false } = values
    if (positionals.length !== files)
      throw new UsageError(`${files === 0 ? "no file is read here" : "name one file"}\n${USAGE}`)
    const wish = { apply, reactivate, ...missingOf(values["deactivate-missing"]) }
    return { server, wish, tokenFile: values["token-file"], files: positionals }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${USAGE}`)
  }
}

function missingOf(count: string | undefined): JsonObject {
  if (count === undefined) return {}
  if (!/^\d{1,7}$/.test(count)) throw new UsageError(`--deactivate-missing takes their number\n${USAGE}`)
  return { deactivateMissing: Number(count) }
}

function help({ stdout }: Surroundings): number {
  stdout.write(`${USAGE}\n`)
  return 0
}
