/** What a scan may spend on input that it does not trust. */
export interface ScanLimits {
  /** Folders below a root. */
  readonly depth: number
  /** Names looked at beneath one root. */
  readonly entries: number
  /** Bytes of one configuration file. */
  readonly fileBytes: number
  /** Bytes of one source file: those that people write are far smaller. */
  readonly sourceBytes: number
  /** Nesting inside one file. */
  readonly nesting: number
  /** Servers that one file may name. */
  readonly servers: number
  /** Text values swept for secrets in one file. */
  readonly values: number
}

/** Generous for real machines, and an end for hostile ones. */
export const DEFAULT_LIMITS: ScanLimits = {
  depth: 24,
  entries: 500_000,
  // ~/.claude.json keeps prompt history, and grows to some megabytes.
  fileBytes: 16 * 1024 * 1024,
  sourceBytes: 2 * 1024 * 1024,
  nesting: 64,
  servers: 1_000,
  values: 200_000,
}
