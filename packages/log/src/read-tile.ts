import { HASH_BYTES } from "./hashing.ts"
import { MalformedRecord, TamperedLog } from "./log-errors.ts"
import type { TileReader } from "./tile-store.ts"
import { TILE_WIDTH, type TileAddress, tilePath } from "./tiles.ts"

/** Answers the hashes of a tile, the first `width` of it where only the full one is left. */
export async function readTile(tiles: TileReader, address: TileAddress): Promise<readonly Uint8Array[]> {
  const path = tilePath(address)
  const exact = await tiles.read(path)
  if (exact) return hashesOf(path, exact, address.width)

  // Partial tiles may be deleted once the full one is there.
  const full = await tiles.read(tilePath({ ...address, width: TILE_WIDTH }))
  if (!full) throw new TamperedLog(`${path} is missing; bring it back from a copy of the log`)
  return hashesOf(path, full, TILE_WIDTH).slice(0, address.width)
}

/** Answers the hashes that some bytes are, one after another. */
export function splitHashes(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, place) =>
    bytes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES),
  )
}

function hashesOf(path: string, bytes: Uint8Array, width: number): readonly Uint8Array[] {
  if (bytes.length !== width * HASH_BYTES) throw new MalformedRecord(`${path} does not hold ${width} hashes`)
  return splitHashes(bytes)
}
