import { isJsonObject, type Json } from "@tabard/core"

/** Replicas record side by side, each by its own clock: so far apart, two entries still follow each other. */
const TOLERANCE_MS = 60_000

/** An entry that says an earlier time than one before it. */
export interface StepBack {
  readonly entry: number
  readonly seconds: number
}

/** Watches the times that entries say. */
export interface EntryTimes {
  look(index: number, entry: Uint8Array): void
  /** The first entry that says a time well before the latest one so far. */
  first(): StepBack | undefined
}

/** Looks at each entry's time, and finds where a clock went back; an entry of another form says none. */
export function entryTimes(): EntryTimes {
  let latest = Number.NEGATIVE_INFINITY
  let found: StepBack | undefined
  return {
    look(index, entry) {
      const time = timeOf(entry)
      if (latest - time > TOLERANCE_MS) {
        found ??= { entry: index, seconds: Math.round((latest - time) / 1000) }
      }
      if (time > latest) latest = time
    },
    first: () => found,
  }
}

function timeOf(entry: Uint8Array): number {
  try {
    const event: Json = JSON.parse(new TextDecoder().decode(entry))
    const time = isJsonObject(event) ? event["t"] : undefined
    return typeof time === "string" ? Date.parse(time) : Number.NaN
  } catch {
    return Number.NaN
  }
}
