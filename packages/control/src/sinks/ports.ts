import type { DeadLetterStore } from "./dead-letter-store.ts"
import type { SinkProgressStore } from "./sink-progress-store.ts"
import type { SinkStore } from "./sink-store.ts"

/** The stores of exporting the record. */
export interface SinkStores {
  readonly deadLetters: DeadLetterStore
  readonly sinkProgress: SinkProgressStore
  readonly sinks: SinkStore
}
