export type { Actor, AuditEvent, EventDoor, RecordContext, TraceContext } from "./event/audit-event.ts"
export { envelopeOf } from "./event/envelope.ts"
export { type EventMarks, marksOf } from "./event/event-marks.ts"
export { EVENT_PROFILES } from "./event/event-profile.ts"
export { eventSchema } from "./event/event-schema.ts"
export type {
  Arrival,
  ArrivalQuery,
  EventQuery,
  EventStore,
  EventValue,
  NewEvent,
  StoredEvent,
} from "./event/event-store.ts"
export { EVENT_TYPES, type EventType } from "./event/event-types.ts"
export { type News, RecordFollower } from "./event/follow-record.ts"
export { markEvents } from "./event/mark-events.ts"
export type { EventProfile } from "./event/profiles/profile.ts"
export { type BesideValue, ERASED, loggedBody, valuesBeside, wholeBody } from "./event/read-values.ts"
export { recordEvent } from "./event/record-event.ts"
export { type AskLogRotationDeps, askLogRotation } from "./log/ask-log-rotation.ts"
export { collectPartials } from "./log/collect-partials.ts"
export type { LogCheckpoint, LogCheckpointStore } from "./log/log-checkpoint-store.ts"
export {
  LOG_FAULTS,
  type LogFault,
  type LogFaultKind,
  type LogFaultStore,
} from "./log/log-fault-store.ts"
export type { LogGeneration, LogGenerationStore, LogRotation } from "./log/log-generation-store.ts"
export { LOG_LEASE, type LogState, type LogStateStore } from "./log/log-state-store.ts"
export { publishCheckpoint, republishCheckpoint, settleCheckpoint } from "./log/publish-checkpoint.ts"
export { growLog, type LogGrowth, publishOutbox } from "./log/publish-outbox.ts"
export {
  type RecordGate,
  type RecordStanding,
  type RecordStop,
  RecordWatch,
  recordStanding,
} from "./log/record-watch.ts"
export { type NextLog, rotateLog } from "./log/rotate-log.ts"
export { LeaseLost, type WriteLogDeps } from "./log/write-log.ts"
export { monthsBefore } from "./retention/prune-boundary.ts"
export { type PruneRecordDeps, RETENTION_LEASE } from "./retention/prune-deps.ts"
export { pruneRecord } from "./retention/prune-record.ts"
export {
  type PutRetentionDeps,
  putRetention,
  RETENTION_MONTHS,
  type RetentionWish,
} from "./retention/put-retention.ts"
export type { Pruning, Retention, RetentionStore } from "./retention/retention-store.ts"
export { type SpannedLog, spannedLogs } from "./retention/spanned-logs.ts"
export { type AskWitnessesDeps, askWitnesses, type WitnessRound } from "./witness/ask-witnesses.ts"
export type { LogPolicy, LogPolicyStore } from "./witness/log-policy-store.ts"
export { type PutLogPolicyDeps, putLogPolicy } from "./witness/put-log-policy.ts"
export { type WitnessEvidence, witnessEvidence } from "./witness/witness-evidence.ts"
export type { WitnessStanding, WitnessStore, WitnessTrouble } from "./witness/witness-store.ts"
