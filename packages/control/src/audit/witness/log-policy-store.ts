import type { Id } from "@tabard/core"

/** Which witnesses an organisation's logs are shown to, and how many of them it takes, as an administrator put it. */
export interface LogPolicy {
  /** Lines of https://c2sp.org/tlog-policy, without those of logs, which follow from the logs themselves. */
  readonly text: string
  readonly putBy: Id<"user">
  readonly putAt: Date
}

/** Keeps the trust policy of an organisation's logs. Each sentence below is a test in log-policy-store.contract.ts. */
export interface LogPolicyStore {
  /** Answers undefined where none was put yet. */
  find(): Promise<LogPolicy | undefined>

  /** Keeps a policy in the place of the one before it. */
  put(policy: LogPolicy): Promise<void>
}
