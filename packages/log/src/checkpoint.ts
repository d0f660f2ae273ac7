// Checkpoints of https://c2sp.org/tlog-checkpoint: what a log signs about itself.
import { fromBase64, toBase64 } from "./bytes.ts"
import { HASH_BYTES } from "./hashing.ts"
import { MalformedRecord } from "./log-errors.ts"
import type { TreeHead } from "./tree-head.ts"

/** A tree head with the log that it is of. */
export interface Checkpoint extends TreeHead {
  /** The log's own name, the same for as long as the log goes on. */
  readonly origin: string
  /** Lines that other logs may add; ours have none. */
  readonly extensions: readonly string[]
}

// A blank line would end the text, so no line of it is blank. What an origin looks like is for its log to say.
const LINES = /^([^\n]+)\n(\d+)\n([^\n]+)\n((?:[^\n]+\n)*)$/

/** Answers the text that is signed. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  return [origin, size, toBase64(root), ...extensions, ""].join("\n")
}

/** Reads the text of a checkpoint. Its signatures are the caller's to verify, and first. */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = LINES.exec(text)
  if (!lines) throw new MalformedRecord("a checkpoint reads: its log's name, size, root, each on a line")
  const [, origin = "", size = "", root = "", extensions = ""] = lines
  const checkpoint = {
    origin,
    size: Number(size),
    root: parseRoot(root),
    extensions: extensions.split("\n").slice(0, -1),
  }
  // One tree head has one spelling: what does not write back as it was read is refused.
  if (!Number.isSafeInteger(checkpoint.size) || formatCheckpoint(checkpoint) !== text) {
    throw new MalformedRecord(`${size} is not how the size of a log is written`)
  }
  return checkpoint
}

function parseRoot(text: string): Uint8Array {
  const root = fromBase64(text)
  if (root?.length !== HASH_BYTES) throw new MalformedRecord("a checkpoint's root is 32 bytes in base64")
  return root
}
