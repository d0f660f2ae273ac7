import type { Sha256 } from "./hashing.ts"
import { MalformedRecord, TamperedLog } from "./log-errors.ts"
import { LogFault } from "./log-fault.ts"
import { readTile } from "./read-tile.ts"
import type { TileReader } from "./tile-store.ts"
import { TILE_WIDTH, tilePath, widthAt } from "./tiles.ts"
import { TreeEdge } from "./tree-edge.ts"

/**
 * Answers the edge of the tree over the entries before `start`, which may be gone, from the tiles above
 * them. `start` is where a bundle begins, so that no tile of leaves is needed; the tiles that hold the
 * rest of the edge end after it, and pruning spares those.
 *
 * @throws {LogFault} where one of them is gone as well
 */
export async function readPrunedEdge(
  { tiles, sha256 }: { readonly tiles: TileReader; readonly sha256: Sha256 },
  size: number,
  start: number,
): Promise<TreeEdge> {
  const levels: (readonly Uint8Array[])[] = []
  for (let level = 0; start >= TILE_WIDTH ** level; level++) {
    const count = Math.floor(start / TILE_WIDTH ** level) % TILE_WIDTH
    const place = { level, index: Math.floor(start / TILE_WIDTH ** (level + 1)) }
    const hashes = count === 0 ? [] : await readUpper(tiles, { ...place, width: widthAt(size, place) })
    levels.push(hashes.slice(0, count))
  }
  return new TreeEdge(sha256, levels)
}

async function readUpper(
  tiles: TileReader,
  address: Parameters<typeof readTile>[1],
): ReturnType<typeof readTile> {
  try {
    return await readTile(tiles, address)
  } catch (error) {
    if (!(error instanceof TamperedLog || error instanceof MalformedRecord)) throw error
    throw new LogFault(error.message, { file: tilePath(address) })
  }
}
