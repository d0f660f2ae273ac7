import { parseArgs } from "node:util"
import { type Json, type JsonObject, Problem, parseLossless, writeLossless } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { askApi } from "./ask-api.ts"
import { everyItem } from "./every-item.ts"
import { plainJsonText } from "./plain-json.ts"
import { objectsIn } from "./policies-words.ts"
import { serverAccess } from "./server-access.ts"

const USAGE = `usage: tabard tools export [--server URL] [--token-file FILE]

Writes the tools of every server behind the gateway as they were reviewed, as tabard.tools.json holds them for tabard check, lock
and policy test: tabard tools export > tabard.tools.json
Asked as whoever ran tabard login, or by the API token in TABARD_TOKEN or FILE (0600) at --server; its scope is inventory:read.
exit codes: 0 it is written, 1 it failed or was refused, 2 wrong arguments`

const OPTIONS = {
  server: { type: "string" },
  "token-file": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const

interface ToolsOptions {
  readonly server: string | undefined
  readonly tokenFile: string | undefined
}

type Ask = (path: string) => Promise<JsonObject>

/** `tabard tools export`: the reviewed tools, as a pipeline reads them. */
export async function toolsExport(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parse(args)
  if (!options) {
    surroundings.stdout.write(`${USAGE}\n`)
    return 0
  }
  const access = await serverAccess(surroundings, options)
  const ask: Ask = (path) => askApi({ ...access, path })
  const servers = await everyItem(ask, "/servers")
  const written: string[] = []
  for (const server of servers) written.push(await exported(server, ask))
  surroundings.stdout.write(`${plainJsonText(`{"servers":{\n${written.join(",\n")}\n}}`)}\n`)
  return 0
}

/** A server with a tool on each line, so that what became otherwise is seen in a comparison of files. */
async function exported({ id, name, tools }: JsonObject, ask: Ask): Promise<string> {
  const definitions: string[] = []
  for (const tool of objectsIn(tools)) {
    const { definition } = await ask(`/tools/${encodeURIComponent(textOf(tool["id"]))}`)
    definitions.push(writeLossless(parseLossless(textOf(definition))))
  }
  return `${quoted(name)}:{"id":${quoted(id)},"tools":[\n${definitions.join(",\n")}\n]}`
}

function quoted(value: Json | undefined): string {
  return JSON.stringify(textOf(value))
}

function textOf(value: Json | undefined): string {
  if (typeof value !== "string") throw new Problem("body_invalid", "the server answered no list of its tools")
  return value
}

function parse(args: readonly string[]): ToolsOptions | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS })
    if (values.help) return undefined
    return { server: values.server, tokenFile: values["token-file"] }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${USAGE}`)
  }
}
