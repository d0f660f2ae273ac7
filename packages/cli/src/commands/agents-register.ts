import { readFile, stat } from "node:fs/promises"
import { resolve } from "node:path"
import { parseArgs } from "node:util"
import { isJsonObject, type Json, type JsonObject, Problem } from "@tabard/core"
import { visibleText } from "@tabard/scan"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { apiToken } from "./api-token.ts"
import { askApi } from "./ask-api.ts"

const USAGE = `usage: tabard agents export --server URL [--token-file FILE]
       tabard agents import FILE --server URL [--token-file FILE] [--apply]

Writes the register of agents as CSV, or tells what a register would change, and changes it, all or nothing, with --apply.
The API token (scope agents:read or agents:write) is read from TABARD_TOKEN, or from FILE (0600).`

/** The largest register that the server reads, in bytes. */
const MAX_REGISTER_BYTES = 5 * 1024 * 1024

const OPTIONS = {
  server: { type: "string" },
  "token-file": { type: "string" },
  apply: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const

/** What `tabard agents export` and `import` were asked. */
interface RegisterOptions {
  readonly server: string
  readonly tokenFile: string | undefined
  readonly apply: boolean
  readonly files: readonly string[]
}

/** `tabard agents export`: the register of agents, as CSV. */
export async function agentsExport(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parse(args, 0)
  if (!options) return help(surroundings)
  const { server, tokenFile } = options
  const token = await apiToken(surroundings, tokenFile)
  const { csv } = await askApi({ server, token, path: "/register" })
  if (typeof csv !== "string") throw new Problem("body_invalid", "the server answered no register")
  // A terminal obeys what a file only holds.
  surroundings.stdout.write(surroundings.stdout.isTTY ? csv.split("\n").map(visibleText).join("\n") : csv)
  return 0
}

/** `tabard agents import`: what a register changes; it ends with 1 where a line of it cannot be taken. */
export async function agentsImport(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parse(args, 1)
  if (!options) return help(surroundings)
  const { server, tokenFile, apply, files } = options
  const token = await apiToken(surroundings, tokenFile)
  const csv = await readRegister(resolve(surroundings.cwd, files[0] ?? ""))
  const report = await askApi({ server, token, path: "/register", body: { csv, apply } })
  for (const line of linesOf(report)) surroundings.stdout.write(`${line}\n`)
  return Number(report["refused"]) > 0 ? 1 : 0
}

function parse(args: readonly string[], files: number): RegisterOptions | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) return undefined
    const { server, apply = false } = values
    if (!server || positionals.length !== files) throw new UsageError(`--server is needed\n${USAGE}`)
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

async function readRegister(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new Problem("register_invalid", `there is no file ${path}`)
  if (found.size > MAX_REGISTER_BYTES)
    throw new Problem("register_invalid", `${path} is larger than ${MAX_REGISTER_BYTES} bytes`)
  return readFile(path, "utf8")
}

/** The lines that change something or cannot be taken, and the sum of all. */
function linesOf(report: JsonObject): readonly string[] {
  const lines = Array.isArray(report["lines"]) ? report["lines"] : []
  const told = lines.flatMap((line: Json) => {
    if (!isJsonObject(line) || line["does"] === "nothing") return []
    const says = Array.isArray(line["says"]) ? line["says"].join("; ") : ""
    return [visibleText(`line ${word(line["line"])}: ${word(line["does"])} ${word(line["name"])}: ${says}`)]
  })
  const count = (name: string): string => String(Number(report[name]))
  const sum = `${count("entered")} entered, ${count("changed")} changed, ${count("unchanged")} unchanged, ${count("refused")} refused`
  return [...told, report["applied"] === true ? sum : `${sum}; nothing was written: --apply writes it`]
}

function word(value: Json | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "?"
}
