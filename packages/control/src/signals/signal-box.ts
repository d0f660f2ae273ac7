import type { Id } from "@tabard/core"

/** Seals the header that proves us to one receiver or source; what is sealed for one does not open for another. */
export interface SignalBox {
  seal(of: Id<"signalSource" | "signalStream">, header: string): Uint8Array
  /** Throws where it was sealed for another or another organisation, or a single bit is not as it was. */
  open(of: Id<"signalSource" | "signalStream">, sealed: Uint8Array): string
}
