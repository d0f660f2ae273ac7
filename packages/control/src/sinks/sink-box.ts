import type { Id, JsonObject } from "@tabard/core"

/** Seals for one sink; what is sealed for one does not open for another. */
export interface SinkBox {
  seal(sink: Id<"sink">, secrets: JsonObject): Uint8Array
  /** Throws where it was sealed for another sink or organisation, or a single bit is not as it was. */
  open(sink: Id<"sink">, sealed: Uint8Array): JsonObject
}
