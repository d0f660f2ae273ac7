import { parseArgs } from "node:util"
import { UsageError } from "../usage-error.ts"

/** What a command on observe mode was asked, about which agent, at which server. */
export interface ObserveOptions {
  readonly agent: string
  readonly server: string | undefined
  readonly tokenFile: string | undefined
  readonly json: boolean
  /** Empty where the command takes none. */
  readonly reason: string
  readonly days: number | undefined
  /** The file of a draft; undefined means the manifest in force. */
  readonly manifest: string | undefined
}

/** How one command is asked. */
export interface ObserveUsage {
  readonly usage: string
  /** What it needs besides the agent. */
  readonly needs: readonly ("reason" | "days")[]
  readonly takesDraft: boolean
}

const COMMON = {
  server: { type: "string" },
  "token-file": { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h" },
} as const
const OPTIONS = {
  ...COMMON,
  reason: { type: "string" },
  days: { type: "string" },
  manifest: { type: "string" },
} as const

/** The longest that an agent is observed at a stretch; the server holds to it as well. */
const MOST_DAYS = 30

/**
 * Reads the arguments; undefined asks for help.
 *
 * @throws {UsageError}
 */
export function parseObserve(args: readonly string[], asked: ObserveUsage): ObserveOptions | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) return undefined
    const [agent, ...rest] = positionals
    if (agent === undefined || rest.length > 0) throw new UsageError("name one agent by its id (agt_…)")
    const { server, "token-file": tokenFile, json, reason = "", days, manifest } = values
    assertFits({ reason, days, manifest }, asked)
    return { agent, server, tokenFile, json, reason, days: daysIn(days), manifest }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${asked.usage}`)
  }
}

interface Given {
  readonly reason: string
  readonly days: string | undefined
  readonly manifest: string | undefined
}

/** What is needed is said, and what a command has no use for is not: it would be taken for said. */
function assertFits(given: Given, { needs, takesDraft }: ObserveUsage): void {
  for (const name of ["reason", "days"] as const) {
    const isSaid = Boolean(given[name]?.trim())
    if (needs.includes(name) && !isSaid) throw new UsageError(NEEDED[name])
    if (!needs.includes(name) && isSaid) throw new UsageError(`this command takes no --${name}`)
  }
  if (!takesDraft && given.manifest !== undefined) throw new UsageError("this command takes no --manifest")
}

const NEEDED = {
  reason: "--reason is needed: it stands in the record",
  days: `--days is needed: for how long, from 1 to ${MOST_DAYS}`,
} as const

function daysIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const days = Number(text)
  if (/^\d{1,2}$/.test(text) && days >= 1 && days <= MOST_DAYS) return days
  throw new UsageError(`--days is a whole number from 1 to ${MOST_DAYS}`)
}
