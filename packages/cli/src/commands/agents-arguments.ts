import { parseArgs } from "node:util"
import { UsageError } from "../usage-error.ts"

/** What a command on agents was asked, at which server. */
export interface AgentsOptions {
  readonly server: string | undefined
  readonly tokenFile: string | undefined
  /** What stands besides the options: the agent's id, and an instance's. */
  readonly ids: readonly string[]
  readonly reason: string | undefined
  readonly state: string | undefined
  readonly json: boolean
}

/** How one command is asked. */
export interface AgentsUsage {
  readonly usage: string
  /** How many ids it takes. */
  readonly ids: number
  /** Whether it does something, and why has to be said. */
  readonly acts: boolean
}

const OPTIONS = {
  server: { type: "string" },
  "token-file": { type: "string" },
  reason: { type: "string" },
  state: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h" },
} as const

/** What is to be said, by how many ids a command takes. */
const MEANT: readonly string[] = [
  "no agent is named here",
  "name one agent by its id (agt_…)",
  "name one agent and one of its installs, by their ids (agt_… ins_…)",
]

/** Reads the arguments; undefined asks for help. */
export function parseAgents(
  args: readonly string[],
  { usage, ids, acts }: AgentsUsage,
): AgentsOptions | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) return undefined
    const { server, reason, state, json } = values
    if (positionals.length !== ids) throw new UsageError(MEANT[ids] ?? "")
    if (acts && !reason?.trim()) throw new UsageError("--reason is needed: it stands in the record")
    return { server, tokenFile: values["token-file"], ids: positionals, reason, state, json }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${usage}`)
  }
}
