import { parseArgs } from "node:util"
import type { JsonObject } from "@tabard/core"
import { UsageError } from "../usage-error.ts"

/** How the command is asked. */
export const WHAT_IF_USAGE = `usage: tabard what-if DECISION|CALL [CHANGES] [--server URL] [--token-file FILE] [--json]
       tabard what-if --agent AGT --tool SERVER/TOOL --args JSON [CHANGES]

Says what would be decided of a recorded call with anything changed, and what would be otherwise; or of a call that nobody has made.
Nothing is done, spent or asked of people. A recorded call is judged as of its time; --policies now takes what is in force now.
changes: --agent AGT  --task TSK|none  --person USR|none  --acting-for AGT  --tool SERVER/TOOL  --args JSON  --resolved PATH=REAL
         --tier NAME  --owner USR  --category NAME  --risk N  --key file|keychain|pkcs11|tpm|federated|none
         --does EFFECT  --tool-digest DIGEST  --calls-left N  --spend-left AMOUNT  --at TIME  --policies then|now
         --environment NAME  --door NAME  --bound dpop|mtls|none  --address IP|none  --posture WORD  --approved ROUTE
         and one of --manifest FILE  --by-hand FILE  --guard-rails FILE  --offered FILE  --tiers FILE  --set NAME=FILE
(--acting-for, --resolved, --does, --posture and --approved again for more)
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
  "acting-for": { type: "string", multiple: true },
  resolved: { type: "string", multiple: true },
  tier: { type: "string" },
  owner: { type: "string" },
  category: { type: "string" },
  risk: { type: "string" },
  key: { type: "string" },
  does: { type: "string", multiple: true },
  "tool-digest": { type: "string" },
  "calls-left": { type: "string" },
  "spend-left": { type: "string" },
  manifest: { type: "string" },
  "by-hand": { type: "string" },
  "guard-rails": { type: "string" },
  offered: { type: "string" },
  tiers: { type: "string" },
  set: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const

/** What is supposed, and of whom it is asked. */
export interface WhatIfOptions {
  readonly server: string | undefined
  readonly tokenFile: string | undefined
  readonly json: boolean
  /** As the API takes it. */
  readonly supposes: JsonObject
  readonly draft: DraftFile | undefined
}

/** A draft as the API takes it, but that its text is in a file. */
export interface DraftFile {
  readonly kind: string
  /** Of a set. */
  readonly name?: string
  readonly file: string
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
    const [decision] = positionals
    const named = [values.agent, values.tool, values.args].every((one) => one !== undefined)
    if (decision === undefined && !named)
      throw new UsageError("name a decision, or say --agent, --tool and --args")
    const { server, "token-file": tokenFile, json } = values
    const supposes = { decision, ...callIn(values), ...agentIn(values), ...surroundingsIn(values) }
    return { server, tokenFile, json, supposes, draft: draftIn(values) }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${WHAT_IF_USAGE}`)
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"]

function callIn(values: Values): JsonObject {
  const { tool, args, task, person, at, policies, does, "tool-digest": toolDigest, resolved } = values
  return {
    tool,
    arguments: args,
    task: orNull(task),
    person: orNull(person),
    at,
    policies,
    effects: does,
    toolDigest,
    resolved: resolved && Object.fromEntries(resolved.map((pair) => parted(pair, "--resolved PATH=REAL"))),
  }
}

function agentIn(values: Values): JsonObject {
  const { agent, "acting-for": actingFor, tier, owner, category, risk, key } = values
  const { "calls-left": calls, "spend-left": spend } = values
  const left = { calls: numberIn(calls, "--calls-left"), spend }
  return {
    agent,
    actingFor,
    tier,
    owner,
    category,
    risk: numberIn(risk, "--risk"),
    key: orNull(key),
    ...((calls ?? spend) !== undefined && { left }),
  }
}

function surroundingsIn({ environment, door, bound, address, posture, approved }: Values): JsonObject {
  return { environment, door, bound, address: orNull(address), posture, approved }
}

function orNull(word: string | undefined): string | null | undefined {
  return word === "none" ? null : word
}

function numberIn(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new UsageError(`${option} takes a whole number`)
}

function parted(pair: string, how: string): readonly [string, string] {
  const at = pair.indexOf("=")
  if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)]
  throw new UsageError(`it is ${how}`)
}

function draftIn(values: Values): DraftFile | undefined {
  const { manifest, "by-hand": hand, "guard-rails": guard, offered, tiers: tier, set } = values
  const files = Object.entries({ manifest, hand, guard, offered, tier, set })
  const [draft, ...more] = files.flatMap(([kind, file]) => (file === undefined ? [] : [{ kind, file }]))
  if (more.length > 0) throw new UsageError("one draft at a time, such as --manifest or --guard-rails")
  if (draft?.kind !== "set") return draft
  const [name, file] = parted(draft.file, "--set NAME=FILE")
  return { kind: "set", name, file }
}
