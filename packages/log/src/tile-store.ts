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
