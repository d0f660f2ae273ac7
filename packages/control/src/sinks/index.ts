export { carryItems } from "./carry-items.ts"
export { carryOnce } from "./carry-once.ts"
export type { DeadLetter, DeadLetterStore, Refusal } from "./dead-letter-store.ts"
export { changeSink, makeSink, removeSink, type ShownSink, setSinkState } from "./keep-sinks.ts"
export { lowestCursor } from "./lowest-cursor.ts"
export { findSink } from "./sink-acts.ts"
export type { SinkBox } from "./sink-box.ts"
export type {
  CarriedItem,
  CarryResult,
  LoggedEntry,
  RefusedItem,
  SinkCarrier,
} from "./sink-carrier.ts"
export type { CarriedCheckpoint, SinkContents } from "./sink-contents.ts"
export { type SinkHealth, sinkHealth } from "./sink-health.ts"
export {
  type SinkProgress,
  type SinkProgressStore,
  type SinkStep,
  sinkLease,
} from "./sink-progress-store.ts"
export type { Sink, SinkChange, SinkStore } from "./sink-store.ts"
export { sinksAhead } from "./sinks-ahead.ts"
export { recordSinkTest, replaySink, retryDeadLetters } from "./tend-sinks.ts"
