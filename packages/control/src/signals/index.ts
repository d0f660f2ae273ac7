export {
  nextSets,
  type PushOutcome,
  type Receipt,
  settleDelivered,
  settlePush,
  takeReceipt,
} from "./hand-over.ts"
export { makeSource, removeSource, type ShownSource, setSourceState } from "./keep-sources.ts"
export { makeStream, removeStream, reviseStream, setStreamStatus } from "./keep-streams.ts"
export { type ReceivedSet, receiveSignal, refuseSignal, SET_LIFE_MS } from "./receive-signal.ts"
export type { FailedTry } from "./record-trouble.ts"
export { settleAsking } from "./settle-asking.ts"
export type { SignalBox } from "./signal-box.ts"
export type {
  SignalSource,
  SignalSourceStore,
  SourceChange,
  SourceProgress,
} from "./signal-source-store.ts"
export type {
  OutgoingSet,
  SignalDelivery,
  SignalSetStore,
  SignalStream,
  SignalStreamStore,
  SignalTrouble,
  StreamChange,
  StreamProgress,
  StreamStatus,
  SubjectForm,
} from "./signal-stream-store.ts"
export { SIGNAL_URIS, TRANSMITTED, type TransmittedType } from "./signal-types.ts"
export { findSource, noSource, type SourceDeps } from "./source-acts.ts"
export { findStream, type StreamCaller, type StreamDeps } from "./stream-acts.ts"
export { askVerification, chooseSubject, VERIFY_EVERY_SECONDS } from "./tend-streams.ts"
export { MOST_WAITING, streamsAhead, transmit } from "./transmit.ts"
