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
    assertFits({ version, from, to, state }, takes)
    assertNamed(positionals, isOfOne)
    return { server, tokenFile: values["token-file"], named: positionals, version, from, to, state, json }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${usage}`)
  }
}

function assertFits(
  said: Readonly<Record<"version" | "from" | "to" | "state", string | undefined>>,
  takes: PoliciesUsage["takes"],
): void {
  const foreign = Object.entries(said).find(
    ([name, value]) => value !== undefined && !takes.some((each) => each === name),
  )
  if (foreign) throw new UsageError(`--${foreign[0]} says nothing here`)
  const { version, from, to } = said
  if ([version, from, to].some((value) => value !== undefined && !VERSION.test(value)))
    throw new UsageError("a version is a number, as tabard policies history tells it")
}

function assertNamed({ length }: readonly string[], isOfOne: boolean): void {
  if (!isOfOne && length > 0) throw new UsageError("nothing is named here")
  if (isOfOne && (length < 1 || length > 2))
    throw new UsageError("name one document by its kind, and whose it is")
}
