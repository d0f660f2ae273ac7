/** Why publishing stopped, or goes on failing. */
export const LOG_FAULTS = ["tampered", "failing"] as const

/** One kind of fault: `tampered` where what is published is not what was recorded, `failing` for whatever may mend itself. */
export type LogFaultKind = (typeof LOG_FAULTS)[number]

/** What the publisher last met, for whoever asks in another process. */
export interface LogFault {
  readonly kind: LogFaultKind
  readonly since: Date
}

/** Keeps what keeps the log from being published. Each sentence below is a test in log-fault-store.contract.ts. */
export interface LogFaultStore {
  /** Answers the fault that was told last and not taken back. */
  find(): Promise<LogFault | undefined>

  /** Tells a fault; of one that is told again its beginning stays. */
  tell(fault: LogFault): Promise<void>

  /** Takes whatever fault was told back; answers whether there was one. */
  clear(): Promise<boolean>
}
