import { equalBytes, joinBytes } from "./bytes.ts"
import { parseBundle } from "./entry-bundle.ts"
import { hashLeaf, type Sha256 } from "./hashing.ts"
import { TamperedLog } from "./log-errors.ts"
import { readTile } from "./read-tile.ts"
import type { TileReader } from "./tile-store.ts"
import { TILE_WIDTH, tilePath, widthAt } from "./tiles.ts"
import { TreeEdge } from "./tree-edge.ts"
import type { TreeHead } from "./tree-head.ts"

/** What there is to add to: the edge of the tree, and the entries that fill no bundle yet. */
export interface OpenEdge {
  readonly edge: TreeEdge
  readonly held: readonly Uint8Array[]
}

/**
 * Reads the edge of the tree back from its files, and trusts none of them before they give the root
 * that the caller knows: what was changed on disk must not be signed anew.
 *
 * @throws {TamperedLog | MalformedRecord} where they do not
 */
export async function readEdge(
  { tiles, sha256 }: { tiles: TileReader; sha256: Sha256 },
  head: TreeHead,
): Promise<OpenEdge> {
  const levels = await Promise.all(
    partialLevels(head.size).map((level) => readLevel(tiles, head.size, level)),
  )
  const held = await readOpenBundle(tiles, head.size)
  const edge = new TreeEdge(sha256, levels)

  const leaves = held.map((entry) => hashLeaf(sha256, entry))
  const agree = equalBytes(joinBytes(leaves), joinBytes(levels[0] ?? []))
  if (!agree || !equalBytes(edge.root(), head.root)) {
    throw new TamperedLog(`the files of the log at ${head.size} entries do not give its root; verify the log`)
  }
  return { edge, held }
}

function partialLevels(size: number): readonly number[] {
  const levels: number[] = []
  while (size >= TILE_WIDTH ** levels.length) levels.push(levels.length)
  return levels
}

async function readLevel(tiles: TileReader, size: number, level: number): Promise<readonly Uint8Array[]> {
  const index = Math.floor(size / TILE_WIDTH ** (level + 1))
  const width = widthAt(size, { level, index })
  return width === 0 ? [] : readTile(tiles, { level, index, width })
}

async function readOpenBundle(tiles: TileReader, size: number): Promise<readonly Uint8Array[]> {
  const width = size % TILE_WIDTH
  if (width === 0) return []
  const path = tilePath({ level: "entries", index: Math.floor(size / TILE_WIDTH), width })
  const bytes = await tiles.read(path)
  if (!bytes) throw new TamperedLog(`${path} is missing; bring it back from a copy of the log`)
  return parseBundle(bytes, width)
}
