import { joinBytes } from "./bytes.ts"
import { Frontier, rootOf } from "./frontier.ts"
import type { Sha256 } from "./hashing.ts"
import { TILE_HEIGHT, TILE_WIDTH, type TileAddress } from "./tiles.ts"

/** A file of the log with what it holds. */
export interface TileFile {
  readonly address: TileAddress
  readonly bytes: Uint8Array
}

/**
 * The right edge of a growing tree: of each level, the hashes that fill no tile yet. It is all that
 * has to be known of a tree to add to it, and it is what the partial tiles of its size hold.
 */
export class TreeEdge {
  readonly #sha256: Sha256
  readonly #levels: Uint8Array[][]
  #size: number

  constructor(sha256: Sha256, levels: readonly (readonly Uint8Array[])[] = []) {
    this.#sha256 = sha256
    this.#levels = levels.map((hashes) => [...hashes])
    this.#size = this.#countAt(0)
  }

  /** How many entries the tree has. */
  get size(): number {
    return this.#size
  }

  /** Adds the hash of the next leaf, and answers the tiles that it filled. */
  add(leaf: Uint8Array): readonly TileFile[] {
    this.#size++
    const filled: TileFile[] = []
    let hashes = this.#push(0, leaf)
    for (let level = 0; hashes.length === TILE_WIDTH; level++) {
      filled.push(this.#tile(level, hashes))
      this.#levels[level] = []
      hashes = this.#push(level + 1, rootOf(this.#sha256, hashes))
    }
    return filled
  }

  /** Answers the tiles that are not full at this size. */
  partialTiles(): readonly TileFile[] {
    return this.#levels.flatMap((hashes, level) => (hashes.length > 0 ? [this.#tile(level, hashes)] : []))
  }

  /** Answers the root of the tree. */
  root(): Uint8Array {
    const frontier = new Frontier(this.#sha256)
    for (const [level, hashes] of [...this.#levels.entries()].toReversed()) {
      for (const hash of hashes) frontier.push(level * TILE_HEIGHT, hash)
    }
    return frontier.root()
  }

  #push(level: number, hash: Uint8Array): readonly Uint8Array[] {
    const hashes = (this.#levels[level] ??= [])
    hashes.push(hash)
    return hashes
  }

  #tile(level: number, hashes: readonly Uint8Array[]): TileFile {
    // A tile's place is the number of full tiles before it, which is the number of hashes one level up.
    const index = this.#countAt(level + 1)
    return { address: { level, index, width: hashes.length }, bytes: joinBytes(hashes) }
  }

  /** The widths are the digits, to the base of 256, of how many hashes a level has. */
  #countAt(level: number): number {
    return this.#levels
      .slice(level)
      .reduce((count, hashes, above) => count + hashes.length * TILE_WIDTH ** above, 0)
  }
}
