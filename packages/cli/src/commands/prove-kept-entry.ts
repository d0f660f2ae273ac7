import { Problem } from "@tabard/core"
import {
  formatProof,
  MalformedRecord,
  parseCheckpoint,
  parseNote,
  proveInclusion,
  readEntry,
  TamperedLog,
  type TileReader,
  tileHashReader,
} from "@tabard/log"
import { sha256 } from "@tabard/log/node"
import type { Surroundings } from "../surroundings.ts"
import { logSource } from "./log-source.ts"

/** What is logged, and what proves it. */
export interface LoggedEntry {
  readonly proof: Uint8Array
  readonly entry: Uint8Array
}

/** Makes the proof of one entry from the files of its log, under the checkpoint that lies there. */
export async function proveKeptEntry(
  { place, index, tokenFile }: { place: string; index: number; tokenFile?: string | undefined },
  surroundings: Surroundings,
): Promise<LoggedEntry> {
  const { tiles } = await logSource(place, tokenFile, surroundings)
  try {
    return await prove(tiles, index)
  } catch (cause) {
    if (!(cause instanceof MalformedRecord || cause instanceof TamperedLog)) throw cause
    throw new Problem("body_invalid", `the log cannot prove entry ${index}: ${cause.message}`, { cause })
  }
}

async function prove(tiles: TileReader, index: number): Promise<LoggedEntry> {
  const checkpoint = await tiles.readCheckpoint()
  if (!checkpoint)
    throw new Problem("body_invalid", "there is no log here: no checkpoint; name its directory or address")
  const { size } = parseCheckpoint(parseNote(checkpoint).text)
  if (index >= size) throw new Problem("body_invalid", `the log has ${size} entries, counted from 0`)
  const read = tileHashReader({ tiles, sha256 }, size)
  const hashes = await proveInclusion({ sha256, read }, index, size)
  return { proof: formatProof({ index, hashes, checkpoint }), entry: await readEntry(tiles, index, size) }
}
