import { resolve } from "node:path"
import { parseArgs } from "node:util"
import type { Clock, Secret } from "@tabard/core"
import { type OperatingSystem, type ScanReport, scan } from "@tabard/scan"
import { formatScan } from "./scan-pretty.ts"
import { type ProgressScreen, ScanProgressBar } from "./scan-progress.ts"

/** How a report can be written. */
export type ScanFormat = "json" | "pretty"

/** What `tabard scan` was asked. */
export interface ScanArguments {
  /** What to read; none means the home directory and the current one. */
  readonly paths: readonly string[]
  readonly format: ScanFormat
}

/** What `tabard scan` ends with. Findings do not make it fail: they are its answer. */
export const SCAN_EXIT: {
  readonly done: 0
  readonly usage: 2
  readonly nothingReadable: 3
  readonly interrupted: 130
} = {
  done: 0,
  usage: 2,
  nothingReadable: 3,
  interrupted: 130,
}

/** Arguments that cannot be followed; the message says what would be right. Ends the command with SCAN_EXIT.usage. */
export class ScanUsageError extends Error {
  override readonly name = "ScanUsageError"
  readonly exitCode: typeof SCAN_EXIT.usage = SCAN_EXIT.usage
}

/** Where a command writes. */
export interface TextOutput {
  write(text: string): unknown
  readonly isTTY?: boolean
}

/** What `tabard scan` needs of the machine it runs on. */
export interface ScanDeps {
  readonly stdout: TextOutput
  readonly stderr: ProgressScreen
  readonly home: string
  readonly cwd: string
  readonly os: OperatingSystem
  readonly host: string | null
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Answers the key of this machine, made on its first use. */
  fingerprintKey(): Promise<Secret>
}

const USAGE = "usage: tabard scan [PATH…] [--format json|pretty] [--json]"

/** Reads the arguments of `tabard scan`. Throws a ScanUsageError for one it does not know. */
export function parseScan(args: readonly string[]): ScanArguments {
  const { values, positionals } = parsed(args)
  const { format = "pretty", json = false } = values
  if (format !== "json" && format !== "pretty") {
    throw new ScanUsageError(`there is no format ${JSON.stringify(format)}: use json or pretty\n${USAGE}`)
  }
  if (json && values.format === "pretty")
    throw new ScanUsageError(`--json and --format pretty contradict each other\n${USAGE}`)
  if (positionals.includes(""))
    throw new ScanUsageError(`a PATH is empty: leave it out or name a folder\n${USAGE}`)
  return { paths: positionals, format: json ? "json" : format }
}

interface ParsedArguments {
  readonly values: { readonly format?: string | undefined; readonly json?: boolean | undefined }
  readonly positionals: readonly string[]
}

function parsed(args: readonly string[]): ParsedArguments {
  const options = { format: { type: "string" }, json: { type: "boolean" } } as const
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new ScanUsageError(`${error instanceof Error ? error.message : "unknown arguments"}\n${USAGE}`)
  }
}

/**
 * Scans and writes the report to stdout. With paths it reads only them; without, the home directory and the current one.
 * Answers 0 when it could look, 3 when nothing it was sent to could be read, and 130 when it was stopped.
 */
export async function runScan(options: ScanArguments, deps: ScanDeps): Promise<number> {
  const report = await scanWithProgress(options, deps)
  if (!report) return SCAN_EXIT.interrupted
  const pretty = (): string => formatScan(report, { home: deps.home, color: deps.stdout.isTTY ?? false })
  deps.stdout.write(options.format === "json" ? `${JSON.stringify(report, null, 2)}\n` : pretty())
  return couldLook(report) ? SCAN_EXIT.done : SCAN_EXIT.nothingReadable
}

async function scanWithProgress({ paths }: ScanArguments, deps: ScanDeps): Promise<ScanReport | undefined> {
  const alone = paths.length > 0
  const bar = new ScanProgressBar(deps.stderr, deps.clock)
  const scanOptions = {
    roots: (alone ? paths : [deps.cwd]).map((path) => resolve(deps.cwd, path)),
    home: alone ? null : deps.home,
    os: deps.os,
    host: deps.host,
    clock: deps.clock,
    fingerprintKey: await deps.fingerprintKey(),
  }
  try {
    return await scan(scanOptions, bar, deps.signal)
  } catch (error) {
    if (deps.signal.aborted) return undefined
    throw error
  } finally {
    bar.clear()
  }
}

/** A place without agents was looked at; a place that cannot be opened was not. */
function couldLook(report: ScanReport): boolean {
  const closed = new Set(report.unreadable.map(({ path }) => path))
  return report.coverage.filesRead > 0 || report.roots.some((root) => !closed.has(root))
}
