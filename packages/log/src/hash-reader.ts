import { Frontier, rootOf } from "./frontier.ts"
import type { Sha256 } from "./hashing.ts"
import { readTile } from "./read-tile.ts"
import type { TileReader } from "./tile-store.ts"
import { TILE_HEIGHT, TILE_WIDTH, widthAt } from "./tiles.ts"

/** Answers the root of the full subtree of 2^height leaves that starts at leaf `index` · 2^height. */
export type HashReader = (height: number, index: number) => Promise<Uint8Array>

/** Reads the hashes of a tree of `size` entries from its tiles, each tile once. */
export function tileHashReader(
  deps: { readonly tiles: TileReader; readonly sha256: Sha256 },
  size: number,
): HashReader {
  const tiles = new Map<string, Promise<readonly Uint8Array[]>>()

  const tile = (level: number, index: number): Promise<readonly Uint8Array[]> => {
    const key = `${level}/${index}`
    const reading =
      tiles.get(key) ?? readTile(deps.tiles, { level, index, width: widthAt(size, { level, index }) })
    tiles.set(key, reading)
    return reading
  }

  return async (height, index) => {
    const span = 2 ** (height % TILE_HEIGHT)
    const hashes = await tile(Math.floor(height / TILE_HEIGHT), Math.floor((index * span) / TILE_WIDTH))
    const start = (index * span) % TILE_WIDTH
    return rootOf(deps.sha256, hashes.slice(start, start + span))
  }
}

/** Answers the roots over ranges of leaves as proofs name them. */
export async function rangeRoots(
  deps: { readonly sha256: Sha256; readonly read: HashReader },
  ranges: readonly { readonly start: number; readonly end: number }[],
): Promise<readonly Uint8Array[]> {
  return Promise.all(ranges.map(({ start, end }) => rangeRoot(deps, start, end)))
}

async function rangeRoot(
  { sha256, read }: { readonly sha256: Sha256; readonly read: HashReader },
  start: number,
  end: number,
): Promise<Uint8Array> {
  const frontier = new Frontier(sha256)
  for (let from = start; from < end; ) {
    const height = floorLog2(end - from)
    frontier.push(height, await read(height, from / 2 ** height))
    from += 2 ** height
  }
  return frontier.root()
}

/** Answers the largest power of two below `size`: where the tree is split (RFC 6962 §2.1). */
export function splitPoint(size: number): number {
  return 2 ** floorLog2(size - 1)
}

/** Counted, because Math.log2 rounds up just below the larger powers. */
function floorLog2(value: number): number {
  let height = 0
  while (2 ** (height + 1) <= value) height++
  return height
}
