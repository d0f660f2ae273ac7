import type { Clock, Secret } from "@tabard/core"
import { correlate } from "./correlate/correlate.ts"
import { fingerprintUnder } from "./credentials/fingerprint.ts"
import type { KnowledgePack, OperatingSystem } from "./knowledge/knowledge-pack.ts"
import { loadKnowledge } from "./knowledge/load-knowledge.ts"
import { DEFAULT_LIMITS, type ScanLimits } from "./limits.ts"
import { readPlaces } from "./places/read-places.ts"
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
  /** What fingerprints are made under; at least 32 characters. */
  readonly fingerprintKey: Secret
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
  const read = await readPlaces(options, context, reporter, signal)
  const seen = correlate(read.observations)
  return {
    schema: "tabard.scan/1",
    startedAt,
    finishedAt: options.clock.now().toISOString(),
    host: options.host ?? null,
    roots: [...(options.home === null ? [] : [options.home]), ...options.roots],
    ...seen,
    findings: runRules(seen, pack),
    unreadable: read.unreadable,
    coverage: {
      clientsKnown: pack.clients.length,
      clientsChecked: pack.clients.length - read.clientsMissed.size,
      filesRead: read.filesRead,
      filesSkipped: read.filesSkipped,
      knowledge: versionOf(pack),
    },
  }
}

function versionOf({ version, date }: KnowledgePack): ScanReport["coverage"]["knowledge"] {
  return { version, date }
}
