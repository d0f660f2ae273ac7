import { parseArgs } from "node:util"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { approvalsWords, approvalWords } from "./approval-words.ts"
import { askApi } from "./ask-api.ts"
import { plainJson } from "./plain-json.ts"
import { serverAccess } from "./server-access.ts"

const STATES = ["pending", "approved", "denied", "expired", "cancelled"] as const

const USAGE = `usage: tabard approvals [APPROVAL] [--state STATE] [--server URL] [--token-file FILE] [--json]

Says what agents ask people: whom each question was put to, how many of them have agreed, and who that was. Without APPROVAL (an id
apr_…) the newest fifty of STATE (${STATES.join(", ")}; pending unless it is named). They are
answered in the console. Asked as whoever ran tabard login, or by the API token in TABARD_TOKEN or FILE (0600) at --server; its
scope is record:read.
exit codes: 0 it is told, 1 there is none that you may see, 2 wrong arguments`

const OPTIONS = {
  state: { type: "string", default: "pending" },
  server: { type: "string" },
  "token-file": { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h" },
} as const

interface ApprovalsOptions {
  readonly id: string | undefined
  readonly state: string
  readonly server: string | undefined
  readonly tokenFile: string | undefined
  readonly json: boolean
}

/** `tabard approvals`: what agents ask people, and who has agreed. */
export async function approvals(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parse(args)
  if (!options) {
    surroundings.stdout.write(`${USAGE}\n`)
    return 0
  }
  const { id, state, json } = options
  const access = await serverAccess(surroundings, options)
  const path =
    id === undefined ? `/approvals?state=${state}&limit=50` : `/approvals/${encodeURIComponent(id)}`
  const said = await askApi({ ...access, path })
  const words = id === undefined ? approvalsWords(said, state) : approvalWords(said)
  surroundings.stdout.write(`${json ? plainJson(said) : words}\n`)
  return 0
}

function parse(args: readonly string[]): ApprovalsOptions | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) return undefined
    const [id, ...rest] = positionals
    if (rest.length > 0) throw new UsageError("name one question (apr_…), or none")
    const { state, server, "token-file": tokenFile, json } = values
    if (!STATES.some((known) => known === state)) throw new UsageError(`--state is ${STATES.join(", ")}`)
    return { id, state, server, tokenFile, json }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${USAGE}`)
  }
}
