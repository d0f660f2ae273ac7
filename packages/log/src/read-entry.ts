import { parseBundle } from "./entry-bundle.ts"
import { TamperedLog } from "./log-errors.ts"
import { readTileBytes } from "./read-tile.ts"
import type { TileReader } from "./tile-store.ts"
import { TILE_WIDTH, tilePath, widthAt } from "./tiles.ts"

/**
 * Answers one entry of a log of `size` entries, as its bundle holds it: what proves it is its inclusion.
 *
 * @throws {TamperedLog | MalformedRecord} where it is not there
 */
export async function readEntry(tiles: TileReader, index: number, size: number): Promise<Uint8Array> {
  const place = { level: "entries", index: Math.floor(index / TILE_WIDTH) } as const
  const address = { ...place, width: widthAt(size, place) }
  const bytes = await readTileBytes(tiles, address)
  const entry = bytes && parseBundle(bytes, address.width)[index % TILE_WIDTH]
  if (!entry)
    throw new TamperedLog(`entry ${index} is not there to read: ${tilePath(address)} may have been pruned`)
  return entry
}
