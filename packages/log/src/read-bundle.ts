import { LogFault } from "./log-fault.ts"
import { readTileBytes } from "./read-tile.ts"
import type { TileReader } from "./tile-store.ts"
import { TILE_WIDTH, type TileAddress, tilePath, widthAt } from "./tiles.ts"

/** A bundle of entries, and the tile of their hashes that should say the same. */
export interface BundleFile {
  readonly width: number
  readonly file: string
  readonly bytes: Uint8Array
  readonly leafFile: string
  readonly leaves: Uint8Array
}

/**
 * Answers the bundle at this place of a log of `size` entries, with the tile of its hashes.
 *
 * @throws {LogFault} where one of them is missing
 */
export async function readBundle(tiles: TileReader, size: number, index: number): Promise<BundleFile> {
  const width = widthAt(size, { level: "entries", index })
  const bundle = { level: "entries", index, width } as const
  const tile = { level: 0, index, width } as const
  const first = index * TILE_WIDTH
  const [bytes, leaves] = await Promise.all([readThere(tiles, bundle, first), readThere(tiles, tile, first)])
  return { width, file: tilePath(bundle), bytes, leafFile: tilePath(tile), leaves }
}

/**
 * Answers what a file of the log holds that has to be there for the sake of an entry.
 *
 * @throws {LogFault} where it is missing
 */
export async function readThere(tiles: TileReader, address: TileAddress, entry: number): Promise<Uint8Array> {
  const bytes = await readTileBytes(tiles, address)
  if (bytes) return bytes
  const file = tilePath(address)
  throw new LogFault(`${file} is missing`, { entry, file })
}
