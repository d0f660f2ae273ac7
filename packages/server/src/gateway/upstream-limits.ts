/** How much an upstream may take: of time, of memory, of patience. */
export interface UpstreamLimits {
  /** From start to the end of the handshake. */
  readonly startMs: number
  /** The longest silence of a running call; progress breaks it. */
  readonly idleMs: number
  /** The longest call, however much it reports progress. */
  readonly callMs: number
  /** The largest single message. */
  readonly messageBytes: number
  /** Calls that may run on one upstream at once. */
  readonly runningCalls: number
  /** Messages in a row that answer nothing of ours, before the upstream counts as broken. */
  readonly unsolicited: number
  /** How long read tool definitions count as current where the server does not tell of changes. */
  readonly definitionsMs: number
  /** The first pause after a crash; each further one is twice as long. */
  readonly backOffMs: number
  /** The longest pause after a crash. */
  readonly maxBackOffMs: number
}

/** Bounds that a well-behaved server does not meet. */
export const UPSTREAM_LIMITS: UpstreamLimits = {
  startMs: 30_000, // interpreters on a cold disk
  idleMs: 60_000,
  callMs: 600_000,
  messageBytes: 8 * 1024 * 1024,
  runningCalls: 64,
  unsolicited: 10_000,
  definitionsMs: 60_000,
  backOffMs: 500,
  maxBackOffMs: 30_000,
}
