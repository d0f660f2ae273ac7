import { Problem } from "@tabard/core"
import {
  formatProof,
  MalformedRecord,
  parseCheckpoint,
  parseNote,
  proveInclusion,
  TamperedLog,
  tileHashReader,
} from "@tabard/log"
import { sha256 } from "@tabard/log/node"
import type { ProvableLog } from "./provable-log.ts"

/** The way from an entry to a signed checkpoint. */
export interface EntryProof {
  /** As C2SP tlog-proof spells it. */
  readonly text: string
  /** Verbatim, with every signature. */
  readonly checkpoint: string
}

/**
 * Proves that the entry at `index` stands under the newest checkpoint of its log; answers null where none covers it yet.
 *
 * @throws {Problem} log_unavailable
 */
export async function proveEntry(log: ProvableLog, index: number): Promise<EntryProof | null> {
  if (!log.checkpoint) return null
  const { size } = parseCheckpoint(parseNote(log.checkpoint).text)
  if (index >= size) return null
  const hashes = await hashesFrom(log, index, size)
  const proof = formatProof({ index, hashes, checkpoint: log.checkpoint })
  return { text: textOf(proof), checkpoint: textOf(log.checkpoint) }
}

async function hashesFrom(
  { tiles, origin }: ProvableLog,
  index: number,
  size: number,
): Promise<readonly Uint8Array[]> {
  if (!tiles) {
    throw new Problem(
      "log_unavailable",
      "this process does not keep the files of the log; ask one that plays the role publisher",
    )
  }
  try {
    return await proveInclusion({ sha256, read: tileHashReader({ tiles, sha256 }, size) }, index, size)
  } catch (cause) {
    if (!(cause instanceof TamperedLog || cause instanceof MalformedRecord)) throw cause
    throw new Problem("log_unavailable", `the log ${origin} cannot prove it: ${cause.message}`, { cause })
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
