import type { PartResult } from "./carry-in-parts.ts"

/** Answers what follows from a code that the HTTP Event Collector gives; undefined for one that its documents do not know. */
export function splunkRefusal(code: number, afterMs: number | null): PartResult | undefined {
  const known = CODES[code]
  if (!known) return undefined
  const [kind, words] = known
  const reason = `it answered code ${code}: ${words}`
  switch (kind) {
    case "held":
      return { kind, reason }
    case "later":
      return { kind, reason, afterMs }
    case "unfit":
      return { kind, reason, alone: false }
  }
}

/** Every code of the collector's documents but 0 and 17, which are good news. */
const CODES: Readonly<Record<number, readonly ["held" | "later" | "unfit", string]>> = {
  1: ["held", "the token is disabled"],
  2: ["held", "a token is wanted"],
  3: ["held", "the authorization is not one"],
  4: ["held", "the token is not known"],
  5: ["unfit", "there was no data"],
  6: ["unfit", "the data's format is not valid"],
  7: ["held", "the token may not write to this index"],
  8: ["later", "an error of the collector's own"],
  9: ["later", "it is busy"],
  10: ["held", "a channel is wanted"],
  11: ["held", "the channel is not valid"],
  12: ["unfit", "an event is wanted"],
  13: ["unfit", "an event is empty"],
  14: ["held", "acknowledgement is switched off: switch it on for the token, or off for this sink"],
  15: ["unfit", "the indexed fields cannot be handled"],
  16: ["held", "a token in the address is not allowed"],
  18: ["later", "its queues are full"],
  19: ["later", "its acknowledgements are not available"],
  20: ["later", "its queues are full and its acknowledgements not available"],
  23: ["later", "it is shutting down"],
  24: ["later", "its queue has no room"],
  25: ["later", "its acknowledgements have no room"],
  26: ["later", "its queue has no room"],
  27: ["unfit", "the request is too large"],
}
