import { equalBytes } from "./bytes.ts"
import { entryAt } from "./entry-bundle.ts"
import { HASH_BYTES, hashLeaf, type Sha256 } from "./hashing.ts"
import { type FaultPlace, LogFault } from "./log-fault.ts"
import { readAhead } from "./read-ahead.ts"
import { type BundleFile, readBundle, readThere } from "./read-bundle.ts"
import { readPrunedEdge } from "./read-pruned-edge.ts"
import type { TileReader } from "./tile-store.ts"
import { TILE_WIDTH, tilePath } from "./tiles.ts"
import type { TileFile, TreeEdge } from "./tree-edge.ts"
import type { TreeHead } from "./tree-head.ts"

/** What the entries must give. */
export interface ExpectedHeads {
  /** Sorted by size, none smaller than the first entry that is there, and none larger than `current`. */
  readonly earlier: readonly TreeHead[]
  readonly current: TreeHead
}

/** Is shown each entry of a log, in order. */
export type OnEntry = (index: number, entry: Uint8Array) => void | Promise<void>

/** What rebuilding a log needs. */
export interface RebuildDeps {
  readonly tiles: TileReader
  readonly sha256: Sha256
  readonly onEntry?: OnEntry | undefined
}

/**
 * Builds the tree again from its entries alone, from `start` on, where a bundle begins, and holds it
 * against every tile and against each of the heads. What stands for the entries before `start` is taken
 * from the tiles above them, and bound by the heads like the rest.
 *
 * @throws {LogFault} at the first thing that is wrong
 */
export async function rebuildLog(deps: RebuildDeps, heads: ExpectedHeads, start: number): Promise<void> {
  const edge = await readPrunedEdge(deps, heads.current.size, start)
  await new Rebuild(deps, heads, edge).run()
}

class Rebuild {
  readonly #deps: RebuildDeps
  readonly #edge: TreeEdge
  readonly #start: number
  readonly #size: number
  readonly #heads: readonly TreeHead[]
  #settled = 0
  /** The first place where a tile and the entries differ. Which of the two is wrong, the next head tells. */
  #dispute: (FaultPlace & { readonly file: string }) | undefined

  constructor(deps: RebuildDeps, { earlier, current }: ExpectedHeads, edge: TreeEdge) {
    this.#deps = deps
    this.#edge = edge
    this.#start = edge.size
    this.#size = current.size
    this.#heads = [...earlier, current]
  }

  async run(): Promise<void> {
    const [first, end] = [this.#start / TILE_WIDTH, Math.ceil(this.#size / TILE_WIDTH)]
    const read = (index: number): Promise<BundleFile> => readBundle(this.#deps.tiles, this.#size, index)
    for await (const bundle of readAhead(first, end, read)) {
      await this.#addBundle(bundle)
    }
    await this.#compareUpper(this.#edge.partialTiles())
    this.#settleHeads()
  }

  async #addBundle({ width, file, bytes, leafFile, leaves }: BundleFile): Promise<void> {
    let offset = 0
    for (let place = 0; place < width; place++) {
      const entry = entryAt(bytes, offset)
      if (!entry) throw this.#brokenBundle(file)
      offset += 2 + entry.length
      await this.#addEntry(entry, leaves.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES), leafFile)
    }
    if (offset !== bytes.length) throw this.#brokenBundle(file)
    if (leaves.length !== width * HASH_BYTES) this.#dispute ??= { file: leafFile }
  }

  async #addEntry(entry: Uint8Array, expected: Uint8Array, leafFile: string): Promise<void> {
    // Heads wait until here, so that the tiles of their size have been compared before they are settled.
    if (this.#heads[this.#settled]?.size === this.#edge.size) this.#settleHeads()
    const index = this.#edge.size
    await this.#deps.onEntry?.(index, entry)

    const leaf = hashLeaf(this.#deps.sha256, entry)
    if (!equalBytes(leaf, expected)) this.#dispute ??= { entry: index, file: leafFile }
    await this.#compareUpper(this.#edge.add(leaf))
  }

  /** The lowest level was compared leaf by leaf, which names the entry. */
  async #compareUpper(tiles: readonly TileFile[]): Promise<void> {
    for (const { address, bytes } of tiles) {
      if (address.level === 0) continue
      const kept = await readThere(this.#deps.tiles, address, this.#edge.size)
      if (!equalBytes(kept, bytes)) this.#dispute ??= { file: tilePath(address) }
    }
  }

  /** Holds the tree as it stands against every head of this size. */
  #settleHeads(): void {
    const root = this.#edge.root()
    const size = this.#edge.size
    for (let head = this.#heads[this.#settled]; head?.size === size; head = this.#heads[++this.#settled]) {
      if (!equalBytes(head.root, root)) throw this.#wrongEntries()
    }
    if (this.#dispute) {
      throw new LogFault(`${this.#dispute.file} does not hold what the entries give`, this.#dispute)
    }
  }

  #wrongEntries(): LogFault {
    const { entry, file } = this.#dispute ?? {}
    if (entry !== undefined) {
      return new LogFault(`entry ${entry} is not the one that was signed`, { entry })
    }
    if (file) return new LogFault(`an entry under ${file} is not the one that was signed`, { file })
    const pruned = this.#start > 0 ? `, with the hashes that stand for the first ${this.#start},` : ""
    return new LogFault(`the first ${this.#edge.size} entries${pruned} do not give the root that was signed`)
  }

  #brokenBundle(file: string): LogFault {
    // A changed length is noticed at once, but may only break the bundle some entries later.
    const entry = this.#dispute?.entry ?? this.#edge.size
    return new LogFault(`entry ${entry} is not the one that was signed: ${file} is broken`, { entry, file })
  }
}
