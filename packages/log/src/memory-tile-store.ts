import { equalBytes } from "./bytes.ts"
import { MalformedRecord, TamperedLog } from "./log-errors.ts"
import type { TileStore } from "./tile-store.ts"
import { parseTilePath } from "./tiles.ts"

/** Keeps a log for as long as the process lives: for tests and for trying things out. */
export function memoryTileStore(): TileStore {
  const files = new Map<string, Uint8Array>()
  let checkpoint: Uint8Array | undefined
  return {
    read: async (path) => files.get(path)?.slice(),
    readCheckpoint: async () => checkpoint?.slice(),
    async *list() {
      yield* files.keys()
    },
    async write(path, bytes) {
      assertTilePath(path)
      assertSameBytes(path, files.get(path) ?? bytes, bytes)
      files.set(path, bytes.slice())
    },
    async writeCheckpoint(note) {
      checkpoint = note.slice()
    },
  }
}

/** Refuses a path that is not a tile's, so that no name can lead out of the store. */
export function assertTilePath(path: string): void {
  if (!parseTilePath(path)) throw new MalformedRecord(`${path} is not the path of a tile`)
}

/** Refuses to put other bytes where some are: what is published stays as it is. */
export function assertSameBytes(path: string, kept: Uint8Array, offered: Uint8Array): void {
  if (!equalBytes(kept, offered)) throw new TamperedLog(`${path} is kept already, with other bytes`)
}
