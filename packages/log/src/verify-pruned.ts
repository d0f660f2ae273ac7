import { equalBytes } from "./bytes.ts"
import { proveConsistency, verifyConsistency } from "./consistency-proof.ts"
import { entriesOf } from "./entry-bundle.ts"
import { rootOf } from "./frontier.ts"
import { tileHashReader } from "./hash-reader.ts"
import { HASH_BYTES, hashLeaf, type Sha256 } from "./hashing.ts"
import { MalformedRecord, TamperedLog } from "./log-errors.ts"
import { LogFault } from "./log-fault.ts"
import { splitHashes } from "./read-tile.ts"
import type { TileReader } from "./tile-store.ts"
import { TILE_HEIGHT, type TileAddress, tilePath } from "./tiles.ts"
import type { TreeHead } from "./tree-head.ts"

interface PrunedDeps {
  readonly tiles: TileReader
  readonly sha256: Sha256
}

/**
 * Holds a log against heads from before its first entry that is there to read, by the proofs that what
 * is left can give.
 *
 * @throws {LogFault} where the log does not begin with one, or too much is gone to tell
 */
export async function verifyPrunedHeads(
  deps: PrunedDeps,
  to: TreeHead,
  heads: readonly TreeHead[],
): Promise<void> {
  const read = tileHashReader(deps, to.size)
  for (const from of heads) {
    const proof = await unlessGone(proveConsistency({ ...deps, read }, from.size, to.size))
    if (!proof) {
      throw new LogFault(
        `too much was pruned to hold the log against its checkpoint of ${from.size} entries; keep a later one`,
      )
    }
    if (!verifyConsistency(deps.sha256, { from, to }, proof)) {
      throw new LogFault(`the first ${from.size} entries are not those of the checkpoint that was kept`)
    }
  }
}

/**
 * Holds a full tile or bundle that pruning has left, of entries before the first that must be there,
 * against the hash that stands for it one level up; where that is gone, nothing tells.
 *
 * @throws {LogFault} where it is not what it was
 */
export async function verifyPrunedFile(deps: PrunedDeps, size: number, address: TileAddress): Promise<void> {
  const level = address.level === "entries" ? 0 : address.level
  const read = tileHashReader(deps, size)
  const known = await unlessGone(read((level + 1) * TILE_HEIGHT, address.index))
  const file = tilePath(address)
  const bytes = await deps.tiles.read(file)
  if (!known || !bytes) return
  const hashes = hashesOf(deps.sha256, address, bytes)
  if (!hashes || !equalBytes(rootOf(deps.sha256, hashes), known)) {
    throw new LogFault(`${file} does not hold what the tile above it says`, { file })
  }
}

function hashesOf(
  sha256: Sha256,
  { level, width }: TileAddress,
  bytes: Uint8Array,
): readonly Uint8Array[] | undefined {
  if (level === "entries") return entriesOf(bytes, width)?.map((entry) => hashLeaf(sha256, entry))
  return bytes.length === width * HASH_BYTES ? splitHashes(bytes) : undefined
}

async function unlessGone<Read>(reading: Promise<Read>): Promise<Read | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof TamperedLog || error instanceof MalformedRecord) return undefined
    throw error
  }
}
