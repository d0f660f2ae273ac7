import { equalBytes } from "./bytes.ts"
import { MalformedRecord, TamperedLog } from "./log-errors.ts"
import { parseTilePath, TILE_WIDTH } from "./tiles.ts"

/** Where a log can be read: a directory, a bucket, a web server. */
export interface TileReader {
  /** Answers undefined where nothing is kept under the path. */
  read(path: string): Promise<Uint8Array | undefined>

  /** Answers the last checkpoint that was published, or undefined before the first. */
  readCheckpoint(): Promise<Uint8Array | undefined>

  /** Answers below which index entries may have been pruned: 0 where none were. Nobody has signed it. */
  readMinimumIndex?(): Promise<number>

  /** Names every file that is kept, in any order; a reader over HTTP cannot. */
  list?(): AsyncIterable<string>
}

/** Keeps the files of one log. Each sentence here is a test in tile-store.contract.ts. */
export interface TileStore extends TileReader {
  /**
   * Keeps the bytes for ever, and durably once it answers. The same bytes again change nothing; other
   * bytes under a path that is taken reject with TamperedLog. Rejects a path that is not a tile's.
   */
  write(path: string, bytes: Uint8Array): Promise<void>

  /** Puts this checkpoint in the place of the last, durably once it answers; a reader sees one or the other. */
  writeCheckpoint(note: Uint8Array): Promise<void>

  /** Names every tile and bundle that was written, and nothing else of its own. */
  list(): AsyncIterable<string>

  readMinimumIndex(): Promise<number>

  /** Says, durably once it answers, that what ends at or below this index may be gone. It is never lowered. */
  writeMinimumIndex(index: number): Promise<void>

  /**
   * Takes a tile away and, with a full one, every partial tile that is left of it. What is not there is taken
   * already. Only pruning and collecting do that: what is gone proves nothing any more.
   */
  remove(path: string): Promise<void>

  /** Takes every partial tile away that is left of a full one, which stays. Rejects the path of a partial tile. */
  removePartials(path: string): Promise<void>
}

/** Refuses a path that is not a tile's, so that no name can lead out of the store. */
export function assertTilePath(path: string): void {
  if (!parseTilePath(path)) throw new MalformedRecord(`${path} is not the path of a tile`)
}

/** Refuses a path that is not a full tile's. */
export function assertFullTilePath(path: string): void {
  if (parseTilePath(path)?.width !== TILE_WIDTH)
    throw new MalformedRecord(`${path} is not the path of a full tile`)
}

/** Refuses to put other bytes where some are: what is published stays as it is. */
export function assertSameBytes(path: string, kept: Uint8Array, offered: Uint8Array): void {
  if (!equalBytes(kept, offered)) throw new TamperedLog(`${path} is kept already, with other bytes`)
}

/** Reads a minimum index as it is kept: digits and a newline. */
export function parseMinimumIndex(bytes: Uint8Array | undefined): number {
  if (!bytes) return 0
  const text = new TextDecoder().decode(bytes.subarray(0, 20))
  const index = /^(?:0|[1-9]\d{0,15})\n$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(index)) throw new MalformedRecord("minimum-index does not hold one index")
  return index
}
