// Tiles of https://c2sp.org/tlog-tiles: where each hash and each entry of a log is kept.

/** How many hashes or entries a full tile holds. */
export const TILE_WIDTH = 256

/** How many levels of the tree one tile spans. */
export const TILE_HEIGHT = 8

/** One file of the log: `level` counts tiles from the leaves up, `entries` is where the entries themselves are. */
export interface TileAddress {
  readonly level: number | "entries"
  readonly index: number
  /** From 1 to 256; less than 256 is a partial tile, as it stood at one size. */
  readonly width: number
}

/** Answers the one path of a tile, such as `tile/0/x001/067.p/12`. */
export function tilePath({ level, index, width }: TileAddress): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").replaceAll(/\d{3}(?=\d)/g, "x$&/")
  return `tile/${level}/${groups}${width === TILE_WIDTH ? "" : `.p/${width}`}`
}

/** Answers what a path names, or undefined where it is not the one path of a tile. */
export function parseTilePath(path: string): TileAddress | undefined {
  const parts = /^tile\/(entries|\d{1,2})\/([x\d/]{3,40}?)(?:\.p\/(\d{1,3}))?$/.exec(path)
  if (!parts) return undefined
  const [, level = "", groups = "", width] = parts
  const address = {
    level: level === "entries" ? level : Number(level),
    index: Number(groups.replaceAll(/[x/]/g, "")),
    width: width === undefined ? TILE_WIDTH : Number(width),
  } as const
  return isAddress(address) && tilePath(address) === path ? address : undefined
}

/** Answers how many hashes or entries the tile at this place holds when the tree has `size` entries. */
export function widthAt(size: number, { level, index }: Pick<TileAddress, "level" | "index">): number {
  const held = Math.floor(size / TILE_WIDTH ** numericLevel(level)) - index * TILE_WIDTH
  return Math.max(0, Math.min(TILE_WIDTH, held))
}

/** Answers after which entry the tile ends when it is full: what pruning goes by. */
export function endIndex({ level, index }: Pick<TileAddress, "level" | "index">): number {
  return (index + 1) * TILE_WIDTH ** (numericLevel(level) + 1)
}

/** Answers the files that must be written before a tree grown from one size to the other may be published. */
export function* tilesForGrowth(from: number, to: number): Generator<TileAddress> {
  yield* levelGrowth("entries", from, to)
  for (let level = 0; to >= TILE_WIDTH ** level; level++) yield* levelGrowth(level, from, to)
}

function* levelGrowth(level: number | "entries", from: number, to: number): Generator<TileAddress> {
  const span = TILE_WIDTH ** numericLevel(level)
  const [before, after] = [Math.floor(from / span), Math.floor(to / span)]
  if (before === after) return
  for (let index = Math.floor(before / TILE_WIDTH); index * TILE_WIDTH < after; index++) {
    yield { level, index, width: widthAt(to, { level, index }) }
  }
}

function numericLevel(level: number | "entries"): number {
  return level === "entries" ? 0 : level
}

function isAddress({ level, index, width }: TileAddress): boolean {
  return numericLevel(level) < 64 && Number.isSafeInteger(index) && width >= 1 && width <= TILE_WIDTH
}
