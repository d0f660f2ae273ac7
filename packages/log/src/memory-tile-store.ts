import { assertSameBytes, assertTilePath, type TileStore } from "./tile-store.ts"

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
