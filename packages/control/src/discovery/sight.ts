import type { Id } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { AssessStores } from "../findings/reassess-agents.ts"
import type { ScanSource } from "../registry/observation-store.ts"
import type { Transaction } from "../transaction.ts"

/** The stores that a scan is recorded in. */
export type ScanStores = AssessStores & Pick<Transaction, "agents" | "facts" | "observations" | "outbox">

/** Whose sight it is, and when: what every observation of one scan carries. */
export interface Sight extends RecordContext {
  readonly scan: Id<"scan">
  readonly by: ScanSource
  readonly at: Date
}
