/** How the gateway bounds what agents may make it do. */
export interface GatewaySettings {
  /** The largest request body. */
  readonly bodyBytes: number
  /** How long a call is held while people are asked. */
  readonly patienceMs: number
  /** The same for a client that asked to be told of progress. */
  readonly patienceWithProgressMs: number
  /** How often a waiting call says that it still waits. */
  readonly progressEveryMs: number
  /** Waiting calls of one agent, and of all; one more is answered at once with its handle. */
  readonly waitingPerAgent: number
  readonly waitingInAll: number
}

/** Settings that suit the official clients as they come. */
export const GATEWAY_SETTINGS: GatewaySettings = {
  bodyBytes: 4 * 1024 * 1024,
  patienceMs: 45_000, // clients give up after 60 s
  patienceWithProgressMs: 45_000, // progress does not lengthen a client's time unless it was told so
  progressEveryMs: 5_000,
  waitingPerAgent: 32,
  waitingInAll: 1_024,
}
