import { entryAt } from "./entry-bundle.ts"
import { HASH_BYTES } from "./hashing.ts"
import { MalformedRecord, TamperedLog } from "./log-errors.ts"
import type { TileReader } from "./tile-store.ts"
import { TILE_WIDTH, type TileAddress, tilePath } from "./tiles.ts"

/**
 * Answers what the file of a tile or bundle holds, or undefined where it is not there. A partial one may
 * be gone once the full one is there, which then begins with the same bytes (tlog-tiles, Partial Tiles).
 */
export async function readTileBytes(
  tiles: TileReader,
  address: TileAddress,
): Promise<Uint8Array | undefined> {
  const exact = await tiles.read(tilePath(address))
  if (exact || address.width === TILE_WIDTH) return exact
  const full = await tiles.read(tilePath({ ...address, width: TILE_WIDTH }))
  return full && beginningOf(address, full)
}

/** Answers the hashes of a tile. */
export async function readTile(tiles: TileReader, address: TileAddress): Promise<readonly Uint8Array[]> {
  const path = tilePath(address)
  const bytes = await readTileBytes(tiles, address)
  if (!bytes) throw new TamperedLog(`${path} is missing; bring it back from a copy of the log`)
  if (bytes.length !== address.width * HASH_BYTES) {
    throw new MalformedRecord(`${path} does not hold ${address.width} hashes`)
  }
  return splitHashes(bytes)
}

/** Answers the hashes that some bytes are, one after another. */
export function splitHashes(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, place) =>
    bytes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES),
  )
}

/** Answers the first `width` hashes or entries of a tile or bundle, or all of it where it has fewer. */
export function beginningOf(
  { level, width }: Pick<TileAddress, "level" | "width">,
  bytes: Uint8Array,
): Uint8Array {
  if (level !== "entries") return bytes.subarray(0, width * HASH_BYTES)
  let end = 0
  for (let entries = 0; entries < width; entries++) {
    const entry = entryAt(bytes, end)
    if (!entry) return bytes
    end += 2 + entry.length
  }
  return bytes.subarray(0, end)
}
