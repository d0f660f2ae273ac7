import { formatBundle } from "./entry-bundle.ts"
import { emptyRoot, hashLeaf, type Sha256 } from "./hashing.ts"
import { readEdge } from "./read-edge.ts"
import type { TileStore } from "./tile-store.ts"
import { TILE_WIDTH, tilePath } from "./tiles.ts"
import type { TileFile } from "./tree-edge.ts"
import type { TreeHead } from "./tree-head.ts"

// Enough to keep a disk busy; more would run into the limit of open files.
const WRITES_AT_ONCE = 16

/** Answers the head of a log before its first entry. */
export function emptyLog(sha256: Sha256): TreeHead {
  return { size: 0, root: emptyRoot(sha256) }
}

/**
 * Adds entries after those of `head`, and answers the new head once every file of it is durable.
 *
 * Stopped anywhere, nothing of it counts: the caller still has the old head, and running it again
 * with the same entries writes the same files. So the order is: integrate; then, in the caller's
 * database, replace the old head by the new one if it is still the old one, so that of two writers one
 * goes on; then publish.
 *
 * @throws {TamperedLog} where the files at the edge are not those of `head`, or other files are where
 * the new ones belong
 * @throws {MalformedRecord} where an entry is too long
 */
export async function integrate(
  { tiles, sha256 }: { readonly tiles: TileStore; readonly sha256: Sha256 },
  head: TreeHead,
  entries: readonly Uint8Array[],
): Promise<TreeHead> {
  const { edge, held } = await readEdge({ tiles, sha256 }, head)
  if (entries.length === 0) return head

  const bundles = bundleFiles(head.size - held.length, [...held, ...entries])
  const filled = entries.flatMap((entry) => edge.add(hashLeaf(sha256, entry)))

  // The head is answered only after this line: whoever signs it never signs what could still be lost.
  await writeAll(tiles, [...bundles, ...filled, ...edge.partialTiles()])
  return { size: edge.size, root: edge.root() }
}

function bundleFiles(first: number, entries: readonly Uint8Array[]): readonly TileFile[] {
  return Array.from({ length: Math.ceil(entries.length / TILE_WIDTH) }, (_, place) => {
    const bundled = entries.slice(place * TILE_WIDTH, (place + 1) * TILE_WIDTH)
    const index = first / TILE_WIDTH + place
    return { address: { level: "entries", index, width: bundled.length }, bytes: formatBundle(bundled) }
  })
}

async function writeAll(tiles: TileStore, files: readonly TileFile[]): Promise<void> {
  for (let next = 0; next < files.length; next += WRITES_AT_ONCE) {
    const group = files.slice(next, next + WRITES_AT_ONCE)
    await Promise.all(group.map(({ address, bytes }) => tiles.write(tilePath(address), bytes)))
  }
}
