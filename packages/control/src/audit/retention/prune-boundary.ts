import { TILE_WIDTH, type TileAddress, tilePath } from "@tabard/log"

/** Answers the same day so many months before, or the last of a month that is too short: rather too early than too late. */
export function monthsBefore(time: Date, months: number): Date {
  const day = new Date(time)
  day.setUTCDate(1)
  day.setUTCMonth(day.getUTCMonth() - months)
  const days = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate()
  day.setUTCDate(Math.min(time.getUTCDate(), days))
  return day
}

/** Answers the last index at which a bundle ends, up to this one: a log is pruned by whole bundles. */
export function boundaryBelow(index: number): number {
  return index - (index % TILE_WIDTH)
}

/** Answers the full tiles and bundles that end above `from` and at or below `to`: what goes when the minimum index is raised. */
export function* prunedTiles(from: number, to: number): Generator<string> {
  yield* ofLevel("entries", TILE_WIDTH, { from, to })
  for (let level = 0; TILE_WIDTH ** (level + 1) <= to; level++) {
    yield* ofLevel(level, TILE_WIDTH ** (level + 1), { from, to })
  }
}

function* ofLevel(
  level: TileAddress["level"],
  span: number,
  { from, to }: { readonly from: number; readonly to: number },
): Generator<string> {
  for (let index = Math.floor(from / span); (index + 1) * span <= to; index++) {
    yield tilePath({ level, index, width: TILE_WIDTH })
  }
}
