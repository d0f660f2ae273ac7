import { parseArgs } from "node:util"
import type { JsonObject } from "@tabard/core"
import { UsageError } from "../usage-error.ts"

/** How the command is asked. */
export const WHAT_IF_USAGE = `usage: tabard what-if DECISION|CALL [CHANGES] [--server URL] [--token-file FILE] [--json]
       tabard what-if --agent AGT --tool SERVER/TOOL --args JSON [CHANGES]

Says what would be decided of a recorded call with anything changed, and what would be otherwise; or of a call that nobody has made.
Nothing is done, spent or asked of people. A recorded call is judged by the policies of its time; --policies now takes those in force.
changes: --agent AGT  --task TSK|none  --person USR|none  --tool SERVER/TOOL  --args JSON  --at TIME  --policies then|now
         --environment NAME  --door NAME  --bound dpop|mtls|none  --address IP|none  --posture WORD (again for more)
         --approved ROUTE (again for more)  --manifest FILE  --guard-rails FILE
Asked as whoever ran tabard login, or by the API token in TABARD_TOKEN or FILE (0600) at --server; its scope is agents:read.
exit codes: 0 permit, 3 ask, 4 deny; 1 it could not be answered, 2 wrong arguments`

const OPTIONS = {
  server: { type: "string" },
  "token-file": { type: "string" },
  json: { type: "boolean", default: false },
  agent: { type: "string" },
  task: { type: "string" },
  person: { type: "string" },
  tool: { type: "string" },
  args: { type: "string" },
  at: { type: "string" },
  policies: { type: "string" },
  environment: { type: "string" },
  door: { type: "string" },
  bound: { type: "string" },
  address: { type: "string" },
  posture: { type: "string", multiple: true },
  approved: { type: "string", multiple: true },
  manifest: { type: "string" },
  "guard-rails": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const

/** What is supposed, and of whom it is asked. */
export interface WhatIfOptions {
  readonly server: string | undefined
  readonly tokenFile: string | undefined
  readonly json: boolean
  /** As the API takes it. */
  readonly supposes: JsonObject
  readonly draft: { readonly kind: "guard" | "manifest"; readonly file: string } | undefined
}

/**
 * Reads the arguments; undefined asks for help.
 *
 * @throws {UsageError}
 */
export function parseWhatIf(args: readonly string[]): WhatIfOptions | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) return undefined
    if (positionals.length > 1) throw new UsageError("name one decision (dec_…) or call (cal_…), or none")
    const { server, "token-file": tokenFile, json, task, person, address, args: text, ...others } = values
    const { manifest, "guard-rails": guard, help: _, ...plain } = others
    if (manifest !== undefined && guard !== undefined)
      throw new UsageError("one draft at a time: --manifest or --guard-rails")
    const [decision] = positionals
    const named = [others.agent, others.tool, text].every((one) => one !== undefined)
    if (decision === undefined && !named)
      throw new UsageError("name a decision, or say --agent, --tool and --args")
    return {
      server,
      tokenFile,
      json,
      supposes: {
        ...plain,
        decision,
        task: orNull(task),
        person: orNull(person),
        address: orNull(address),
        arguments: text,
      },
      draft: draftIn(manifest, guard),
    }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${WHAT_IF_USAGE}`)
  }
}

function orNull(word: string | undefined): string | null | undefined {
  return word === "none" ? null : word
}

function draftIn(manifest: string | undefined, guard: string | undefined): WhatIfOptions["draft"] {
  if (manifest !== undefined) return { kind: "manifest", file: manifest }
  return guard === undefined ? undefined : { kind: "guard", file: guard }
}
