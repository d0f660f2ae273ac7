import { parseArgs } from "node:util"
import { isJsonObject, type Json, type JsonObject, visibleText } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { askApi } from "./ask-api.ts"
import { readArguments } from "./audit-arguments.ts"
import { plainJson } from "./plain-json.ts"
import { serverAccess } from "./server-access.ts"

const USAGE = `usage: tabard retire AGENT [--server URL] [--token-file FILE] [--json]
       tabard retire AGENT --reason WORDS [--server URL] [--token-file FILE] [--json]

Shows how an agent ends: each step, and each credential with how it is known that it works no longer. With --reason the agent
is retired for ever, unless its retirement goes on already. It stays retiring while a credential of others is unknown: an
owner attests in the console that one is gone, or signs the exception.

Asked as whoever ran tabard login, at the server that they signed in at, or by the API token in TABARD_TOKEN or FILE (0600) at
--server; its scopes are agents:read and, to retire, agents:write.

Exits 0 when the agent is retired or only shown, 1 while it is retiring.`

const OPTIONS = {
  server: { type: "string" },
  reason: { type: "string" },
  "token-file": { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const

interface RetireOptions {
  readonly agent: string
  readonly server: string | undefined
  readonly reason: string | undefined
  readonly tokenFile: string | undefined
  readonly json: boolean
}

/** `tabard retire`: shows how an agent ends, and ends it. */
export async function retire(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parse(args)
  if (!options) {
    surroundings.stdout.write(`${USAGE}\n`)
    return 0
  }
  const { reason, json } = options
  const { server, token } = await serverAccess(surroundings, options)
  const path = `/agents/${encodeURIComponent(options.agent)}/retirement`
  if (reason !== undefined) await askApi({ server, token, path, body: { reason } })
  const shown = await askApi({ server, token, path })
  surroundings.stdout.write(json ? `${plainJson(shown)}\n` : words(shown))
  return reason === undefined || typeof shown["certificate"] === "string" ? 0 : 1
}

function parse(args: readonly string[]): RetireOptions | undefined {
  return readArguments(USAGE, () => {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    const { server, reason, json = false, help, "token-file": tokenFile } = values
    if (help) return undefined
    const [agent, ...rest] = positionals
    if (agent === undefined || rest.length > 0) throw new UsageError("name one agent by its id (agt_…)")
    return { agent, server, reason, tokenFile, json }
  })
}

function words(shown: JsonObject): string {
  const plan = shown["plan"]
  const certificate = shown["certificate"]
  const head = isJsonObject(plan)
    ? `Retirement begun ${text(plan["startedAt"])}${isJsonObject(plan["ended"]) ? ", complete" : ", going on"}`
    : "Not begun; this is what would be done"
  const lines = [
    ...list(shown["steps"]).map(stepLine),
    ...list(shown["credentials"]).map(credentialLine),
    ...(typeof certificate === "string" ? [`certificate: ${text(certificate)}`] : []),
  ]
  return `${head}\n${lines.map((line) => `  ${line}\n`).join("")}`
}

function stepLine({ does, to, done }: JsonObject): string {
  const outcome = isJsonObject(done) ? text(done["outcome"]) : "waits"
  return `${text(does)} ${text(to)}: ${outcome}`
}

function credentialLine({ id, kind, settled, gone, ours }: JsonObject): string {
  const how = isJsonObject(settled) ? text(settled["how"]) : unsettled(ours === true, gone === true)
  return `credential ${text(id)} (${text(kind)}): ${how}`
}

function unsettled(isOurs: boolean, isGone: boolean): string {
  if (isOurs) return "ours, is tried at the end"
  return isGone ? "unknown, gone from its place" : "unknown"
}

function list(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((one) => isJsonObject(one)) : []
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? visibleText(value).slice(0, 200) : "?"
}
