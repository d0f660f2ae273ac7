import { equalBytes } from "./bytes.ts"
import { MalformedRecord, TamperedLog } from "./log-errors.ts"
import { parseTilePath } from "./tiles.ts"

/** Where a log can be read: a directory, a bucket, a web server. */
export interface TileReader {
  /** Answers undefined where nothing is kept under the path. */
  read(path: string): Promise<Uint8Array | undefined>

  /** Answers the last checkpoint that was published, or undefined before the first. */
  readCheckpoint(): Promise<Uint8Array | undefined>

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
}

/** Refuses a path that is not a tile's, so that no name can lead out of the store. */
export function assertTilePath(path: string): void {
  if (!parseTilePath(path)) throw new MalformedRecord(`${path} is not the path of a tile`)
}

/** Refuses to put other bytes where some are: what is published stays as it is. */
export function assertSameBytes(path: string, kept: Uint8Array, offered: Uint8Array): void {
  if (!equalBytes(kept, offered)) throw new TamperedLog(`${path} is kept already, with other bytes`)
}
