import { isJsonObject, type Json } from "@tabard/core"
import { MalformedRecord, parseCheckpoint, parseNote } from "@tabard/log"

/** The log that one goes on from, as its first entry tells. */
export interface FollowedLog {
  readonly origin: string
  /** Its last checkpoint, verbatim, and of how many entries; null where it was abandoned. */
  readonly last: { readonly checkpoint: string; readonly size: number } | null
}

/** Watches for a first entry that tells which log went before. */
export interface LogsBefore {
  look(index: number, entry: Uint8Array): void
  /** Nothing where the log is the first, or its first entry was not there to read. */
  found(): FollowedLog | undefined
}

/** Looks at the first entry of a log. */
export function logsBefore(): LogsBefore {
  let found: FollowedLog | undefined
  return {
    look(index, entry) {
      if (index === 0) found = followedIn(entry)
    },
    found: () => found,
  }
}

function followedIn(entry: Uint8Array): FollowedLog | undefined {
  const event = parsed(entry)
  const data = isJsonObject(event) && event["type"] === "log.rotated" ? event["data"] : undefined
  if (data === undefined || !isJsonObject(data)) return undefined
  const { previous, checkpoint } = data
  if (typeof previous !== "string") return undefined
  return { origin: previous, last: typeof checkpoint === "string" ? lastOf(checkpoint) : null }
}

function lastOf(checkpoint: string): FollowedLog["last"] {
  try {
    const { size } = parseCheckpoint(parseNote(new TextEncoder().encode(checkpoint)).text)
    return { checkpoint, size }
  } catch (error) {
    if (error instanceof MalformedRecord) return null
    throw error
  }
}

function parsed(entry: Uint8Array): Json {
  try {
    const event: Json = JSON.parse(new TextDecoder().decode(entry))
    return event
  } catch {
    return null
  }
}
