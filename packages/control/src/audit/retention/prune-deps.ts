import type { TileStore } from "@tabard/log"
import type { Snapshot, Transact, Transaction } from "../../transaction.ts"
import type { RecordContext } from "../event/audit-event.ts"

/** The job whose lease guards pruning. */
export const RETENTION_LEASE = "retention"

/** The stores that pruning touches. */
export type PruneStores = Pick<
  Transaction,
  "leases" | "logFaults" | "logs" | "logState" | "notifications" | "outbox" | "retention" | "sinkProgress"
>

export interface PruneRecordDeps extends RecordContext {
  readonly snapshot: Snapshot<keyof PruneStores>
  readonly transact: Transact<keyof PruneStores>
  /** Answers the files of one of the organisation's logs. */
  readonly tilesOf: (generation: number) => TileStore
  /** The fencing number of RETENTION_LEASE that this runs under. */
  readonly fence: number
}
