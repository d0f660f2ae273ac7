import { equalBytes } from "./bytes.ts"
import { entryAt } from "./entry-bundle.ts"
import { HASH_BYTES, hashLeaf, type Sha256 } from "./hashing.ts"
import { type FaultPlace, LogFault } from "./log-fault.ts"
import type { TileReader } from "./tile-store.ts"
import { TILE_WIDTH, tilePath, widthAt } from "./tiles.ts"
import { type TileFile, TreeEdge } from "./tree-edge.ts"
import type { TreeHead } from "./tree-head.ts"

/** What the entries must give. */
export interface ExpectedHeads {
  /** Sorted by size, and none larger than `current`. */
  readonly earlier: readonly TreeHead[]
  readonly current: TreeHead
}

/** Is shown each entry of a log, in order. */
export type OnEntry = (index: number, entry: Uint8Array) => void | Promise<void>

/**
 * Builds the tree again from its entries alone, and holds it against every tile and against each of
 * the heads.
 *
 * @throws {LogFault} at the first thing that is wrong
 */
export async function rebuildLog(
  deps: { readonly tiles: TileReader; readonly sha256: Sha256 },
  heads: ExpectedHeads,
  onEntry?: OnEntry,
): Promise<void> {
  await new Rebuild(deps, heads, onEntry).run()
}

class Rebuild {
  readonly #tiles: TileReader
  readonly #sha256: Sha256
  readonly #onEntry: OnEntry | undefined
  readonly #edge: TreeEdge
  readonly #size: number
  readonly #heads: readonly TreeHead[]
  #settled = 0
  /** The first place where a tile and the entries differ. Which of the two is wrong, the next head tells. */
  #dispute: (FaultPlace & { readonly file: string }) | undefined

  constructor(
    { tiles, sha256 }: { readonly tiles: TileReader; readonly sha256: Sha256 },
    { earlier, current }: ExpectedHeads,
    onEntry: OnEntry | undefined,
  ) {
    this.#tiles = tiles
    this.#sha256 = sha256
    this.#onEntry = onEntry
    this.#edge = new TreeEdge(sha256)
    this.#size = current.size
    this.#heads = [...earlier, current]
  }

  async run(): Promise<void> {
    for (let index = 0; index * TILE_WIDTH < this.#size; index++) await this.#addBundle(index)
    await this.#compareUpper(this.#edge.partialTiles())
    this.#settleHeads()
  }

  async #addBundle(index: number): Promise<void> {
    const width = widthAt(this.#size, { level: "entries", index })
    const file = tilePath({ level: "entries", index, width })
    const bytes = await this.#read(file)
    const leafFile = tilePath({ level: 0, index, width })
    const leaves = await this.#read(leafFile)

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
    await this.#onEntry?.(index, entry)

    const leaf = hashLeaf(this.#sha256, entry)
    if (!equalBytes(leaf, expected)) this.#dispute ??= { entry: index, file: leafFile }
    await this.#compareUpper(this.#edge.add(leaf))
  }

  /** The lowest level was compared leaf by leaf, which names the entry. */
  async #compareUpper(tiles: readonly TileFile[]): Promise<void> {
    for (const { address, bytes } of tiles) {
      if (address.level === 0) continue
      const file = tilePath(address)
      if (!equalBytes(await this.#read(file), bytes)) this.#dispute ??= { file }
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
      const { file } = this.#dispute
      throw new LogFault(`${file} does not hold what the entries give`, { file })
    }
  }

  #wrongEntries(): LogFault {
    const { entry, file } = this.#dispute ?? {}
    if (entry !== undefined) {
      return new LogFault(`entry ${entry} is not the one that was signed`, { entry })
    }
    if (file) return new LogFault(`an entry under ${file} is not the one that was signed`, { file })
    return new LogFault(`the first ${this.#edge.size} entries do not give the root that was signed`)
  }

  #brokenBundle(file: string): LogFault {
    // A changed length is noticed at once, but may only break the bundle some entries later.
    const entry = this.#dispute?.entry ?? this.#edge.size
    return new LogFault(`entry ${entry} is not the one that was signed: ${file} is broken`, { entry, file })
  }

  async #read(file: string): Promise<Uint8Array> {
    const bytes = await this.#tiles.read(file)
    if (!bytes) throw new LogFault(`${file} is missing`, { entry: this.#edge.size, file })
    return bytes
  }
}
