import { resolve } from "node:path"
import { type Clock, isAtLeast, type Secret } from "@tabard/core"
import {
  cyclonedxOf,
  htmlOf,
  inertJson,
  type ListProcesses,
  movingVariables,
  type OperatingSystem,
  onlyNew,
  type ScanReport,
  sarifOf,
  scan,
} from "@tabard/scan"
import type { ScanArguments, ScanFormat } from "./scan-arguments.ts"
import { readBaseline } from "./scan-baseline.ts"
import { formatScan } from "./scan-pretty.ts"
import { type ProgressScreen, ScanProgressBar } from "./scan-progress.ts"

/** What `tabard scan` ends with. Findings make it fail only where that was asked for: they are its answer. */
export const SCAN_EXIT: {
  readonly done: 0
  readonly nothingReadable: 3
  readonly findings: 4
  readonly notDelivered: 5
  readonly refused: 6
  readonly interrupted: 130
} = {
  done: 0,
  nothingReadable: 3,
  findings: 4,
  notDelivered: 5,
  refused: 6,
  interrupted: 130,
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
  readonly env: NodeJS.ProcessEnv
  /** What stands before the places that all users of the machine share; null leaves them out. */
  readonly systemRoot: string | null
  /** How the programs are listed that run here; absent where the home is not that of who asks. */
  readonly listProcesses?: ListProcesses | undefined
  readonly host: string | null
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Answers the key of this machine, made on its first use; where it pushes, the organisation's. */
  fingerprintKey(): Promise<Secret>
  /** Sends a report to the server that was asked for; absent where none was. */
  readonly push?: (report: ScanReport) => Promise<Delivery>
}

/** What came of sending a report: one of the codes above, and how long to leave the server alone. */
export interface Delivery {
  readonly code: 0 | 5 | 6
  readonly afterSeconds: number | null
}

/** How each format is written. */
const WRITE: Readonly<Record<ScanFormat, (report: ScanReport, deps: ScanDeps) => string>> = {
  pretty: (report, { home, stdout }) => formatScan(report, { home, color: stdout.isTTY ?? false }),
  json: inertJson,
  sarif: (report) => inertJson(sarifOf(report)),
  cyclonedx: (report) => inertJson(cyclonedxOf(report)),
  html: htmlOf,
}

/**
 * Scans and writes the report to stdout. With paths it reads only them; without, the home directory and the current one.
 * Answers a code of SCAN_EXIT. A baseline that cannot be read is refused before anything is scanned.
 */
export async function runScan(asked: ScanArguments, deps: ScanDeps): Promise<number> {
  const baseline = asked.baseline === null ? null : await readBaseline(resolve(deps.cwd, asked.baseline))
  const seen = await scanOnce(asked, deps)
  if (!seen) return SCAN_EXIT.interrupted
  const report = baseline ? onlyNew(seen, baseline) : seen
  if (!asked.quiet) deps.stdout.write(WRITE[asked.format](report, deps))
  const delivery = await deps.push?.(seen)
  if (baseline) deps.stderr.write(leftOut(seen.findings.length - report.findings.length))
  return deps.signal.aborted ? SCAN_EXIT.interrupted : endOf(report, asked, delivery)
}

/** What was seen counts before what became of its delivery, which stderr told. */
function endOf(report: ScanReport, asked: ScanArguments, delivery: Delivery | undefined): number {
  if (!couldLook(report, asked)) return SCAN_EXIT.nothingReadable
  if (fails(report, asked)) return SCAN_EXIT.findings
  return delivery?.code ?? SCAN_EXIT.done
}

/** Scans once, with progress where there is a terminal; undefined where it was stopped. */
export async function scanOnce(
  { paths }: Pick<ScanArguments, "paths">,
  deps: ScanDeps,
): Promise<ScanReport | undefined> {
  const alone = paths.length > 0
  const bar = new ScanProgressBar(deps.stderr, deps.clock)
  const scanOptions = {
    roots: (alone ? paths : [deps.cwd]).map((path) => resolve(deps.cwd, path)),
    home: alone ? null : deps.home,
    os: deps.os,
    environment: movingVariables(deps.env),
    systemRoot: deps.systemRoot,
    listProcesses: deps.listProcesses,
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

/** Said beside the report: fewer findings must not look like a better machine. */
function leftOut(findings: number): string {
  return `${findings} finding${findings === 1 ? " that the baseline has is" : "s that the baseline has are"} left out.\n`
}

/** A place without agents was looked at; a place that cannot be opened was not, and each that was named was meant. */
function couldLook(report: ScanReport, { paths }: Pick<ScanArguments, "paths">): boolean {
  const closed = new Set(report.unreadable.map(({ path }) => path))
  const isOpen = (root: string): boolean => !closed.has(root)
  if (paths.length > 0) return report.roots.every(isOpen)
  return report.coverage.filesRead > 0 || report.roots.some(isOpen)
}

function fails({ findings }: ScanReport, { failOn }: ScanArguments): boolean {
  return failOn !== null && findings.some(({ severity }) => isAtLeast(severity, failOn))
}
