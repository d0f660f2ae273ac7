import { resolve } from "node:path"
import type { Clock, Secret } from "@tabard/core"
import type { Observation } from "./configurations/observation.ts"
import type { ReadingContext } from "./configurations/read-configuration.ts"
import { correlate } from "./correlate/correlate.ts"
import { fingerprintUnder } from "./credentials/fingerprint.ts"
import type { KnowledgePack, OperatingSystem } from "./knowledge/knowledge-pack.ts"
import { loadKnowledge } from "./knowledge/load-knowledge.ts"
import { DEFAULT_LIMITS, type ScanLimits } from "./limits.ts"
import type { Machine } from "./places/home-places.ts"
import { readPlaces } from "./places/read-places.ts"
import type { Environment } from "./places/relocated.ts"
import type { ListProcesses } from "./processes/running-process.ts"
import { type RunningSeen, seeRunning } from "./processes/see-running.ts"
import type { ScanReport } from "./report.ts"
import type { ScanReporter } from "./reporter.ts"
import { runRules } from "./rules/run-rules.ts"

/** What a scan is to read, and with what. */
export interface ScanOptions {
  /** Folders or files to read beneath. */
  readonly roots: readonly string[]
  /** The home directory whose known places are read, or null to read no home at all. */
  readonly home: string | null
  readonly os: OperatingSystem
  /** The variables that move clients' folders (CODEX_HOME, XDG_CONFIG_HOME, …); none moves any where they are left out. */
  readonly environment?: Environment
  /** What stands before the places that all users of the machine share ("/" on a real one); left out, they are not read. */
  readonly systemRoot?: string | null
  /** What fingerprints are made under; at least 32 characters. */
  readonly fingerprintKey: Secret
  /** How the programs are listed that run for whom the home belongs to; without it, or without a home, none is looked at. */
  readonly listProcesses?: ListProcesses | undefined
  readonly clock: Clock
  /** The machine's name, if the report is to carry it. */
  readonly host?: string | null
  readonly limits?: ScanLimits
}

/**
 * Answers what acts in a home directory and beneath the roots: agents, their MCP servers and credentials, and what to
 * put right. Nothing found is run, no byte of a secret is answered, and what cannot be read is told instead of thrown;
 * it rejects only where `signal` is aborted or the options themselves are wrong.
 */
export async function scan(
  options: ScanOptions,
  reporter: ScanReporter,
  signal: AbortSignal,
): Promise<ScanReport> {
  const startedAt = options.clock.now().toISOString()
  const pack = loadKnowledge()
  const context = {
    pack,
    fingerprint: fingerprintUnder(options.fingerprintKey),
    limits: options.limits ?? DEFAULT_LIMITS,
  }
  const places = { roots: options.roots, machine: machineOf(options) }
  const read = await readPlaces(places, context, reporter, signal)
  const running = await runningIn(options, read.observations, { context, reporter }, signal)
  const seen = correlate([...read.observations, ...running.observations], read.sources)
  return {
    schema: "tabard.scan/1",
    startedAt,
    finishedAt: options.clock.now().toISOString(),
    host: options.host ?? null,
    roots: [...(options.home === null ? [] : [options.home]), ...options.roots],
    ...seen,
    findings: runRules({ ...seen, pack, home: options.home }),
    unreadable: [...read.unreadable, ...running.unreadable],
    coverage: {
      clientsKnown: pack.clients.length,
      clientsChecked: pack.clients.length - read.clientsMissed.size,
      filesRead: read.filesRead,
      filesSkipped: read.filesSkipped,
      knowledge: versionOf(pack),
    },
  }
}

async function runningIn(
  { home, listProcesses }: ScanOptions,
  seen: readonly Observation[],
  about: { readonly context: ReadingContext; readonly reporter: ScanReporter },
  signal: AbortSignal,
): Promise<RunningSeen> {
  if (home === null || !listProcesses) return { observations: [], unreadable: [] }
  const owner = { kind: "home", path: resolve(home) } as const
  return seeRunning(listProcesses, seen, { owner, ...about }, signal)
}

function machineOf({ home, os, environment = {}, systemRoot = null }: ScanOptions): Machine | null {
  return home === null ? null : { home: resolve(home), os, environment, systemRoot }
}

function versionOf({ version, date }: KnowledgePack): ScanReport["coverage"]["knowledge"] {
  return { version, date }
}
