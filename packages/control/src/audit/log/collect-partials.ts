import { TILE_WIDTH, tilePath } from "@tabard/log"
import type { WriteLogDeps } from "./write-log.ts"

/** For so long whoever read a checkpoint finds every partial tile that it names. */
const GRACE_MS = 10 * 60_000

/** How far one run goes, in entries: it holds up no checkpoint. */
const PORTION = TILE_WIDTH ** 2

/**
 * Takes the partial tiles away of what is full under a checkpoint that was published a while ago: by then its readers have
 * read it, and whoever comes later is shown the full tile. Killed anywhere, the next run takes the rest. Answers up to
 * which index they are collected.
 */
export async function collectPartials({
  snapshot,
  transact,
  tiles,
  clock,
}: Pick<WriteLogDeps, "snapshot" | "transact" | "tiles" | "clock">): Promise<number> {
  const before = clock.now().getTime() - GRACE_MS
  const { number, from, settled } = await snapshot(async ({ logs, logCheckpoints }) => {
    const newest = (await logs.list())[0]?.number ?? 0
    const checkpoints = await logCheckpoints.list(newest, { limit: 1_000 })
    return {
      number: newest,
      from: await logs.collected(newest),
      settled: checkpoints.find(({ publishedAt }) => publishedAt.getTime() <= before)?.size ?? 0,
    }
  })
  const to = Math.min(settled, from + PORTION)
  if (to <= from) return from
  for (const path of filledBetween(from, to)) await tiles.removePartials(path)
  await transact(({ logs }) => logs.collect(number, to))
  return to
}

/** Answers the tiles and bundles that are full at the larger size and were not at the smaller. */
function* filledBetween(from: number, to: number): Generator<string> {
  for (let level = 0, span = TILE_WIDTH; span <= to; level++, span *= TILE_WIDTH) {
    for (let index = Math.floor(from / span); index < Math.floor(to / span); index++) {
      if (level === 0) yield tilePath({ level: "entries", index, width: TILE_WIDTH })
      yield tilePath({ level, index, width: TILE_WIDTH })
    }
  }
}
