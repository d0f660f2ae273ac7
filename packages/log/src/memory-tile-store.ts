import { assertFullTilePath, assertSameBytes, assertTilePath, type TileStore } from "./tile-store.ts"

/** Keeps a log for as long as the process lives: for tests and for trying things out. */
export function memoryTileStore(): TileStore {
  const files = new Map<string, Uint8Array>()
  let checkpoint: Uint8Array | undefined
  let minimum = 0
  return {
    read: async (path) => files.get(path)?.slice(),
    readCheckpoint: async () => checkpoint?.slice(),
    readMinimumIndex: async () => minimum,
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
    async writeMinimumIndex(index) {
      minimum = Math.max(minimum, index)
    },
    async remove(path) {
      assertTilePath(path)
      for (const file of files.keys()) if (file === path || file.startsWith(`${path}.p/`)) files.delete(file)
    },
    async removePartials(path) {
      assertFullTilePath(path)
      for (const file of files.keys()) if (file.startsWith(`${path}.p/`)) files.delete(file)
    },
  }
}
