import { setTimeout as wait } from "node:timers/promises"
import { parseArgs } from "node:util"
import type { JsonObject } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { apiToken } from "./api-token.ts"
import { askApi } from "./ask-api.ts"
import { readArguments, wholeNumber } from "./audit-arguments.ts"
import { eventLine } from "./event-words.ts"
import { plainJson } from "./plain-json.ts"
import { UnseenEvents } from "./unseen-events.ts"

const USAGE = `usage: tabard audit tail --server URL [--lines NUMBER] [--follow] [--token-file FILE] [--json]

Writes the newest events of the record (20, or NUMBER up to 1000), the newest last, and with --follow whatever happens from
then on, until it is stopped. The token (scope record:read) is read from TABARD_TOKEN, or from --token-file (0600).`

const OPTIONS = {
  server: { type: "string" },
  "token-file": { type: "string" },
  lines: { type: "string" },
  follow: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const

const USUAL_LINES = 20
const MOST_LINES = 1000
/** As often as somebody who watches would look. */
const POLL_MS = 1000

interface TailOptions {
  readonly server: string
  readonly lines: number
  readonly follow: boolean
  readonly tokenFile: string | undefined
  readonly json: boolean
}

/** `tabard audit tail`: the newest events, and with --follow those to come. */
export async function auditTail(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parse(args)
  if (!options) {
    surroundings.stdout.write(`${USAGE}\n`)
    return 0
  }
  const token = await apiToken(surroundings, options.tokenFile, options.server)
  const unseen = new UnseenEvents((query) =>
    askApi({ server: options.server, token, path: `/events?${query}` }),
  )
  const tell = (events: readonly JsonObject[]): void => {
    for (const event of events)
      surroundings.stdout.write(`${options.json ? plainJson(event) : eventLine(event)}\n`)
  }
  tell(await unseen.newest(options.lines))
  while (options.follow && (await pause(surroundings.signal))) {
    const { events, isAll } = await unseen.since()
    if (!isAll)
      surroundings.stderr.write("More has happened than could be followed: some events are left out here.\n")
    tell(events)
  }
  return 0
}

function parse(args: readonly string[]): TailOptions | undefined {
  return readArguments(USAGE, () => {
    const { values } = parseArgs({ args: [...args], options: OPTIONS })
    if (values.help) return undefined
    if (!values.server) throw new UsageError("--server is needed")
    const lines = wholeNumber("--lines", values.lines) ?? USUAL_LINES
    if (lines < 1 || lines > MOST_LINES) throw new UsageError(`--lines takes 1 to ${MOST_LINES}`)
    const { server, follow = false, json = false } = values
    return { server, lines, follow, json, tokenFile: values["token-file"] }
  })
}

/** Answers false once whoever runs the command wants it to end. */
async function pause(signal: AbortSignal): Promise<boolean> {
  return wait(POLL_MS, true, { signal }).catch(() => false)
}
