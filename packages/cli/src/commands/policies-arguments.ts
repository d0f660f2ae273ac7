import { parseArgs } from "node:util"
import { UsageError } from "../usage-error.ts"

/** What a command on policies was asked, at which server. */
export interface PoliciesOptions {
  readonly server: string | undefined
  readonly tokenFile: string | undefined
  /** What stands besides the options: a kind, and whose. */
  readonly named: readonly string[]
  readonly version: string | undefined
  readonly from: string | undefined
  readonly to: string | undefined
  readonly state: string | undefined
  readonly json: boolean
}

/** How one command is asked. */
export interface PoliciesUsage {
  readonly usage: string
  /** Whether it is about one document, named by its kind and perhaps by whose it is. */
  readonly isOfOne: boolean
  /** The options that it takes besides those of every one. */
  readonly takes: readonly ("version" | "from" | "to" | "state")[]
}

const OPTIONS = {
  server: { type: "string" },
  "token-file": { type: "string" },
  version: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  state: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h" },
} as const

const VERSION = /^[1-9]\d{0,8}$/

/** Reads the arguments; undefined asks for help. Throws a UsageError for what it does not know. */
export function parsePolicies(
  args: readonly string[],
  { usage, isOfOne, takes }: PoliciesUsage,
): PoliciesOptions | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) return undefined
    const { server, version, from, to, state, json } = values
    for (const [name, value] of Object.entries({ version, from, to, state }))
      if (value !== undefined && !takes.some((each) => each === name))
        throw new UsageError(`--${name} says nothing here`)
    for (const value of [version, from, to])
      if (value !== undefined && !VERSION.test(value))
        throw new UsageError("a version is a number, as tabard policies history tells it")
    if (isOfOne ? positionals.length < 1 || positionals.length > 2 : positionals.length > 0)
      throw new UsageError(
        isOfOne ? "name one document by its kind, and whose it is" : "nothing is named here",
      )
    return { server, tokenFile: values["token-file"], named: positionals, version, from, to, state, json }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${usage}`)
  }
}
