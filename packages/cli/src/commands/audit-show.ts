import { parseArgs } from "node:util"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { apiToken } from "./api-token.ts"
import { askApi } from "./ask-api.ts"
import { eventId, readArguments } from "./audit-arguments.ts"
import { eventHead } from "./event-words.ts"
import { plainJson } from "./plain-json.ts"

const USAGE = `usage: tabard audit show ID --server URL [--token-file FILE] [--json]

Shows one event of the record: what happened in a sentence, its place, and the event as it is logged. Characters that a
terminal could obey are escaped. The token (scope record:read) is read from TABARD_TOKEN, or from --token-file (0600).`

const OPTIONS = {
  server: { type: "string" },
  "token-file": { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const

interface ShowOptions {
  readonly id: string
  readonly server: string
  readonly tokenFile: string | undefined
  readonly json: boolean
}

/** `tabard audit show`: one event, for a person or as JSON. */
export async function auditShow(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parse(args)
  if (!options) {
    surroundings.stdout.write(`${USAGE}\n`)
    return 0
  }
  const token = await apiToken(surroundings, options.tokenFile, options.server)
  const event = await askApi({
    server: options.server,
    token,
    path: `/events/${encodeURIComponent(options.id)}`,
  })
  surroundings.stdout.write(
    options.json
      ? `${plainJson(event)}\n`
      : `${eventHead(event)}\n\n${plainJson(event["body"] ?? null, 2)}\n`,
  )
  return 0
}

function parse(args: readonly string[]): ShowOptions | undefined {
  return readArguments(USAGE, () => {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) return undefined
    const [id, ...rest] = positionals
    if (!values.server || rest.length > 0) throw new UsageError("--server and one event's id are needed")
    return {
      id: eventId(id),
      server: values.server,
      tokenFile: values["token-file"],
      json: values.json ?? false,
    }
  })
}
