import { parseArgs } from "node:util"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { askApi } from "./ask-api.ts"
import { decisionWords } from "./decision-words.ts"
import { plainJson } from "./plain-json.ts"
import { serverAccess } from "./server-access.ts"

const USAGE = `usage: tabard explain DECISION|CALL [--server URL] [--token-file FILE] [--json] [--cedar]

Says why a call was permitted, asked about or denied: the answer in a sentence, what each link of the chain answered, the policies
that brought it about in their own words (with --cedar also as they stood), and what would have been needed instead.
DECISION is an id dec_…; of a call (cal_…) the newest decision is explained. Asked as whoever ran tabard login, or by the API token
in TABARD_TOKEN or FILE (0600) at --server; its scope is agents:read.
exit codes: 0 it is explained, 1 there is none that you may see, 2 wrong arguments`

const OPTIONS = {
  server: { type: "string" },
  "token-file": { type: "string" },
  json: { type: "boolean", default: false },
  cedar: { type: "boolean", default: false },
  help: { type: "boolean", short: "h" },
} as const

interface ExplainOptions {
  readonly id: string
  readonly server: string | undefined
  readonly tokenFile: string | undefined
  readonly json: boolean
  readonly cedar: boolean
}

/** `tabard explain`: why something was decided as it was. */
export async function explain(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parse(args)
  if (!options) {
    surroundings.stdout.write(`${USAGE}\n`)
    return 0
  }
  const access = await serverAccess(surroundings, options)
  const decision = await askApi({ ...access, path: `/decisions/${encodeURIComponent(options.id)}` })
  surroundings.stdout.write(
    `${options.json ? plainJson(decision) : decisionWords(decision, { cedar: options.cedar })}\n`,
  )
  return 0
}

function parse(args: readonly string[]): ExplainOptions | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) return undefined
    const [id, ...rest] = positionals
    if (id === undefined || rest.length > 0)
      throw new UsageError("name one decision (dec_…), or one call (cal_…)")
    const { server, "token-file": tokenFile, json, cedar } = values
    return { id, server, tokenFile, json, cedar }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${USAGE}`)
  }
}
