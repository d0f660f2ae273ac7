import { equalBytes } from "./bytes.ts"
import type { Sha256 } from "./hashing.ts"
import { LogFault } from "./log-fault.ts"
import { beginningOf, readTileBytes } from "./read-tile.ts"
import type { TileReader } from "./tile-store.ts"
import { endIndex, parseTilePath, TILE_WIDTH, type TileAddress, tilePath, widthAt } from "./tiles.ts"
import { verifyPrunedFile } from "./verify-pruned.ts"

interface LeftoverDeps {
  readonly tiles: TileReader
  readonly sha256: Sha256
}

/**
 * Holds the partial tiles that older sizes left behind against the tiles of this size, which were
 * found good, and what pruning left of the entries before `start` against the tiles above. A file past
 * this size is not published yet, and only its beginning can be told.
 *
 * @throws {LogFault} at the first file that is wrong, or is none of a log's
 */
export async function verifyLeftovers(deps: LeftoverDeps, size: number, start: number): Promise<void> {
  for await (const file of deps.tiles.list?.() ?? []) {
    const address = parseTilePath(file)
    if (!address) throw new LogFault(`${file} is no file of a log; take it out of there`, { file })
    if (endIndex(address) > start) await verifyLeftover(deps.tiles, size, address)
    else if (address.width === TILE_WIDTH) await verifyPrunedFile(deps, size, address)
    else await verifyPrunedPartial(deps, size, address)
  }
}

/** Where the full tile is gone, so is what a partial one could be held against. */
async function verifyPrunedPartial(deps: LeftoverDeps, size: number, address: TileAddress): Promise<void> {
  const full = { ...address, width: TILE_WIDTH }
  if (!(await deps.tiles.read(tilePath(full)))) return
  await verifyPrunedFile(deps, size, full)
  await verifyLeftover(deps.tiles, size, address)
}

async function verifyLeftover(tiles: TileReader, size: number, address: TileAddress): Promise<void> {
  const good = { ...address, width: widthAt(size, address) }
  if (good.width === 0 || good.width === address.width) return

  const kept = present(address, await tiles.read(tilePath(address)))
  const known = beginningOf(address, present(good, await readTileBytes(tiles, good)))
  const older = address.width < good.width
  if (!equalBytes(older ? kept : kept.subarray(0, known.length), known)) {
    const file = tilePath(address)
    throw new LogFault(`${file} does not hold what the entries give`, { file })
  }
}

function present(address: TileAddress, bytes: Uint8Array | undefined): Uint8Array {
  if (bytes) return bytes
  const file = tilePath(address)
  throw new LogFault(`${file} is missing`, { file })
}
