import { SEVERITIES, type Severity } from "@tabard/core"
import { UsageError } from "../usage-error.ts"
import { CHECK_USAGE } from "./check-help.ts"
import { formatOf, oneOf, toldOptions } from "./told-options.ts"

const FORMATS = ["pretty", "json", "sarif", "junit"] as const

/** How what was found can be written. */
export type CheckFormat = (typeof FORMATS)[number]

/** What `tabard check` was asked. */
export interface CheckArguments {
  /** Manifests and folders; none means the current folder. */
  readonly paths: readonly string[]
  readonly standards: string | null
  readonly tools: string | null
  readonly people: string | null
  readonly server: string | null
  readonly tokenFile: string | null
  readonly terraform: string | null
  readonly frozen: boolean
  readonly format: CheckFormat
  readonly failOn: Severity
  readonly baseline: string | null
}

const OPTIONS = {
  standards: { type: "string" },
  tools: { type: "string" },
  people: { type: "string" },
  server: { type: "string" },
  "token-file": { type: "string" },
  terraform: { type: "string" },
  frozen: { type: "boolean" },
  format: { type: "string" },
  json: { type: "boolean" },
  "fail-on": { type: "string" },
  baseline: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const

/** Reads the arguments of `tabard check`; undefined asks for help. Throws a UsageError for what it does not know. */
export function parseCheck(args: readonly string[]): CheckArguments | undefined {
  const { values, positionals } = toldOptions(args, OPTIONS, usage)
  if (values.help) return undefined
  const said = (name: FileOption): string | null => values[name] ?? null
  if ([...positionals, ...FILES.map(said)].includes("")) throw usage("a name of a file is empty")
  if (values.people !== undefined && values.server !== undefined)
    throw usage("--people and --server both say who is in the directory: name one")
  return {
    paths: positionals,
    standards: said("standards"),
    tools: said("tools"),
    people: said("people"),
    server: said("server"),
    tokenFile: said("token-file"),
    terraform: said("terraform"),
    frozen: values.frozen === true,
    format: formatOf(FORMATS, values, usage),
    failOn: oneOf(SEVERITIES, values["fail-on"], { noun: "severity", usage }) ?? "medium",
    baseline: said("baseline"),
  }
}

/** The options that take a name. */
const FILES = ["standards", "tools", "people", "server", "token-file", "terraform", "baseline"] as const
type FileOption = (typeof FILES)[number]

function usage(message: string): UsageError {
  return new UsageError(`${message}\n${CHECK_USAGE}`)
}
