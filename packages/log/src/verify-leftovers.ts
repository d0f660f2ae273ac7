import { equalBytes } from "./bytes.ts"
import { formatBundle, parseBundle } from "./entry-bundle.ts"
import { HASH_BYTES } from "./hashing.ts"
import { LogFault } from "./log-fault.ts"
import type { TileReader } from "./tile-store.ts"
import { parseTilePath, type TileAddress, tilePath, widthAt } from "./tiles.ts"

/**
 * Holds the partial tiles that older sizes left behind against the tiles of this size, which were
 * found good. A file past this size is not published yet, and only its beginning can be told.
 *
 * @throws {LogFault} at the first file that is wrong, or is none of a log's
 */
export async function verifyLeftovers(tiles: TileReader, size: number): Promise<void> {
  for await (const file of tiles.list?.() ?? []) {
    const address = parseTilePath(file)
    if (!address) throw new LogFault(`${file} is no file of a log; take it out of there`, { file })
    await verifyLeftover(tiles, size, address)
  }
}

async function verifyLeftover(tiles: TileReader, size: number, address: TileAddress): Promise<void> {
  const good = { ...address, width: widthAt(size, address) }
  if (good.width === 0 || good.width === address.width) return

  const file = tilePath(address)
  const kept = await read(tiles, file)
  const known = firstOf(good, await read(tiles, tilePath(good)), address.width)
  const older = address.width < good.width
  if (!equalBytes(older ? kept : kept.subarray(0, known.length), known)) {
    throw new LogFault(`${file} does not hold what the entries give`, { file })
  }
}

async function read(tiles: TileReader, file: string): Promise<Uint8Array> {
  const bytes = await tiles.read(file)
  if (!bytes) throw new LogFault(`${file} is missing`, { file })
  return bytes
}

/** Answers the bytes of the first `count` hashes or entries of a tile, or of all where it has fewer. */
function firstOf({ level, width }: TileAddress, bytes: Uint8Array, count: number): Uint8Array {
  if (level !== "entries") return bytes.subarray(0, count * HASH_BYTES)
  return formatBundle(parseBundle(bytes, width).slice(0, count))
}
