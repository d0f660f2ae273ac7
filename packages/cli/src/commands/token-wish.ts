import { isId } from "@tabard/core"
import { UsageError } from "../usage-error.ts"

/** What a token is asked for. */
export interface TokenWish {
  readonly task?: string
  readonly scope?: string
  readonly audience?: string
}

/** The options by which a command says whose token it means, and what for. */
export const TOKEN_WISH = {
  agent: { type: "string" },
  credentials: { type: "string" },
  task: { type: "string" },
  scope: { type: "string" },
  audience: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const

interface Values {
  readonly agent?: string | undefined
  readonly credentials?: string | undefined
  readonly task?: string | undefined
  readonly scope?: string | undefined
  readonly audience?: string | undefined
}

/** Answers what was wished of the token. */
export function wishOf({ agent, credentials, task, scope, audience }: Values): TokenWish {
  if (agent !== undefined && credentials !== undefined)
    throw new UsageError("--agent and --credentials are two ways to say the same: name one")
  if (audience !== undefined && !URL.canParse(audience)) throw new UsageError("--audience is an address")
  if (task !== undefined && !isId("task", task))
    throw new UsageError(
      "--task is the id of an open task (tsk_…), as the agent's page in the console shows it",
    )
  return { ...(task && { task }), ...(scope && { scope }), ...(audience && { audience }) }
}
