import { parseArgs } from "node:util"
import { UsageError } from "../usage-error.ts"
import type { WhichCredentials } from "./agent-credentials.ts"
import { TOKEN_WISH, type TokenWish, wishOf } from "./token-wish.ts"

/** What `tabard run --help` says. */
export const RUN_USAGE = `usage: tabard run --agent NAME [--task ID] [--scope CLASSES] [--port PORT] -- COMMAND…

Runs COMMAND so that it can act as the agent, without its key and without a token in its environment. It finds
  TABARD_SOCKET  a unix socket (0600, in a directory of its own) that carries requests below the agent's resource with
                 token and proof: curl --unix-socket "$TABARD_SOCKET" http://localhost/mcp/NAME
  TABARD_FD      a descriptor that speaks the same, for it and its children alone
POST /.tabard/sign {"method", "url"} answers the headers of one request that COMMAND sends by itself.

  --agent NAME        the agent, by the name it was enrolled under here
  --credentials FILE  its credentials, in place of --agent
  --task ID           the task to act under
  --scope CLASSES     effect classes to ask for, e.g. "read egress"; no more than the intent allows
  --port PORT         gives COMMAND a network of its own, where nothing is but the door, at TABARD_URL (needs bubblewrap)
  --keep-on-revoked   lets COMMAND go on where its agent gets no token any more; otherwise it is ended

Ends as COMMAND ends (128 and its number after a signal), or with 1 where the agent was stopped.`

/** What `tabard run` was asked. */
export interface RunOptions {
  readonly which: WhichCredentials
  readonly wish: TokenWish
  readonly stopOnRevoked: boolean
  readonly port: number | undefined
  readonly command: readonly string[]
}

const OPTIONS = {
  ...TOKEN_WISH,
  port: { type: "string" },
  "keep-on-revoked": { type: "boolean", default: false },
} as const

/** Reads the arguments; undefined asks for help. */
export function parseRun(args: readonly string[]): RunOptions | undefined {
  const end = args.includes("--") ? args.indexOf("--") : args.length
  try {
    const { values } = parseArgs({ args: args.slice(0, end), options: OPTIONS })
    if (values.help) return undefined
    const command = args.slice(end + 1)
    if (command.length === 0) throw new UsageError("what is to be run comes after --")
    return {
      which: { agent: values.agent, file: values.credentials },
      wish: wishOf(values),
      stopOnRevoked: !values["keep-on-revoked"],
      port: values.port === undefined ? undefined : portOf(values.port),
      command,
    }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${RUN_USAGE}`)
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port > 0 && port < 65_536) return port
  throw new UsageError("--port is a number from 1 to 65535")
}
