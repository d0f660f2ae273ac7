import { SEVERITIES, type Severity } from "@tabard/core"
import { parseDuration } from "../parse-duration.ts"
import { UsageError } from "../usage-error.ts"
import { serverOrigin } from "./reporter-file.ts"
import { SCAN_USAGE } from "./scan-help.ts"
import { formatOf, oneOf, toldOptions } from "./told-options.ts"

const FORMATS = ["pretty", "json", "sarif", "cyclonedx", "html"] as const

const SHORTEST_EVERY_MS = 60_000
const LONGEST_EVERY_MS = 24 * 60 * 60_000

/** How a report can be written. */
export type ScanFormat = (typeof FORMATS)[number]

/** What `tabard scan` was asked. */
export interface ScanArguments {
  /** What to read; none means the home directory and the current one. */
  readonly paths: readonly string[]
  readonly format: ScanFormat
  /** The least severity of a finding that makes the command fail; null where none does. */
  readonly failOn: Severity | null
  /** An earlier report, whose findings are left out. */
  readonly baseline: string | null
  /** The origin of the server that the report is sent to, or null. */
  readonly push: string | null
  /** How often to scan again, in milliseconds; null scans once. */
  readonly every: number | null
  /** Whether nothing is written of the report itself. */
  readonly quiet: boolean
}

const OPTIONS = {
  format: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  "fail-on": { type: "string" },
  baseline: { type: "string" },
  push: { type: "string" },
  every: { type: "string" },
  quiet: { type: "boolean" },
} as const

type Values = ReturnType<typeof toldOptions<typeof OPTIONS>>["values"]

/** Reads the arguments of `tabard scan`; undefined asks for help. Throws a UsageError for what it does not know. */
export function parseScan(args: readonly string[]): ScanArguments | undefined {
  const { values, positionals } = toldOptions(args, OPTIONS, usage)
  if (values.help) return undefined
  if (positionals.includes("")) throw usage("a PATH is empty: leave it out or name a folder")
  if (values.baseline === "") throw usage("--baseline is empty: name the file of an earlier report")
  return {
    paths: positionals,
    format: formatOf(FORMATS, values, usage),
    failOn: oneOf(SEVERITIES, values["fail-on"], { noun: "severity", usage }) ?? null,
    baseline: values.baseline ?? null,
    push: values.push === undefined ? null : serverOrigin(values.push),
    every: everyOf(values),
    quiet: values.quiet ?? false,
  }
}

/** A standing watch says what changed, and nothing else. */
function everyOf({ every, format, json, "fail-on": failOn, baseline }: Values): number | null {
  if (every === undefined) return null
  if (format ?? json ?? failOn ?? baseline)
    throw usage("--every goes without --format, --json, --fail-on and --baseline: it says what changed")
  const ms = parseDuration(every)
  if (ms === undefined || ms < SHORTEST_EVERY_MS || ms > LONGEST_EVERY_MS)
    throw usage(`--every takes a time from 1m to 24h, such as 30m, and not ${JSON.stringify(every)}`)
  return ms
}

/** Answers a UsageError with `message` and how the command is used. */
export function usage(message: string): UsageError {
  return new UsageError(`${message}\n${SCAN_USAGE}`)
}
