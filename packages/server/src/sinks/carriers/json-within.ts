import { createHash } from "node:crypto"
import { type JsonObject, writeLossless } from "@tabard/core"

/** A text that fits, and how many bytes the whole had where it was cut. */
export interface Fitted {
  readonly text: string
  readonly cut: number | undefined
}

/**
 * Answers a body as JSON of at most so many bytes. What is longer is told by its length, its SHA-256 and its beginning, as JSON
 * again, so that a reader can still parse what comes and find the whole by its key.
 */
export function jsonWithin(body: JsonObject, room: number): Fitted {
  const whole = writeLossless(body)
  const bytes = Buffer.byteLength(whole)
  if (bytes <= room) return { text: whole, cut: undefined }
  const sha256 = createHash("sha256").update(whole).digest("hex")
  const told = (start: string): string => JSON.stringify({ cut: { bytes, sha256 }, start })
  let start = whole.slice(0, room).toWellFormed()
  // Quoting it once more makes it longer by what it holds, so it is shortened until it fits.
  while (Buffer.byteLength(told(start)) > room) start = start.slice(0, Math.floor(start.length * 0.9))
  return { text: told(start), cut: bytes }
}
