import type { SignalSourceStore } from "./signal-source-store.ts"
import type { SignalSetStore, SignalStreamStore } from "./signal-stream-store.ts"

/** The stores of signals that are told to others, and heard of them. */
export interface SignalStores {
  readonly signalSets: SignalSetStore
  readonly signalSources: SignalSourceStore
  readonly signalStreams: SignalStreamStore
}
