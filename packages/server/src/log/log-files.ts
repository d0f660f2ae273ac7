// What a log serves, by https://c2sp.org/tlog-tiles.
import { Problem } from "@tabard/core"
import {
  beginningOf,
  endIndex,
  parseCheckpoint,
  parseNote,
  TILE_WIDTH,
  type TileAddress,
  type TileReader,
  tilePath,
  widthAt,
} from "@tabard/log"

/** The files of one log as they are shown: never more than its last checkpoint covers, and less than was pruned. */
export class LogFiles {
  readonly #tiles: TileReader
  /** The size that was published when this was last looked for; a log only grows. */
  #size = 0

  constructor(tiles: TileReader) {
    this.#tiles = tiles
  }

  /** Answers the last checkpoint, or undefined where none is there. */
  async checkpoint(): Promise<Uint8Array | undefined> {
    const note = await this.#tiles.readCheckpoint()
    if (note) this.#size = Math.max(this.#size, parseCheckpoint(parseNote(note).text).size)
    return note
  }

  /**
   * Answers a tile or a bundle that the published tree has above the minimum index, or undefined where it has none there. Where a partial one
   * is gone, it is the beginning of the wider one: so nobody who reads slowly is left without.
   *
   * @throws {Problem} log_pruned
   */
  async read(address: TileAddress, minimum: number): Promise<Uint8Array | undefined> {
    if (!(await this.#isPublished(address))) return undefined
    if (endIndex(address) <= minimum) {
      throw new Problem("log_pruned", `entries before ${minimum} were pruned by this log's retention policy`)
    }
    return (await this.#tiles.read(tilePath(address))) ?? this.#beginning(address)
  }

  async #isPublished(address: TileAddress): Promise<boolean> {
    if (widthAt(this.#size, address) < address.width) await this.checkpoint()
    return widthAt(this.#size, address) >= address.width
  }

  async #beginning(address: TileAddress): Promise<Uint8Array | undefined> {
    if (address.width === TILE_WIDTH) return undefined
    for (const width of new Set([TILE_WIDTH, widthAt(this.#size, address)])) {
      const wider = await this.#tiles.read(tilePath({ ...address, width }))
      if (wider) return beginningOf(address, wider)
    }
    return undefined
  }
}
