import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { Problem } from "@tabard/core"
import type { TileStore } from "@tabard/log"
import { fileTileStore } from "@tabard/log/files"
import { assertConditionalWrites } from "./s3/assert-conditional-writes.ts"
import { LogStoreFault, S3Objects } from "./s3/s3-objects.ts"
import type { S3Place } from "./s3/s3-place.ts"
import { s3TileStore } from "./s3/s3-tile-store.ts"

/** Where the files of every log are. */
export interface LogPlaces {
  /**
   * Makes sure that a log can be kept there, and answers the directory for what lies beside it. Rejects, in the
   * operator's words, where it cannot be kept.
   */
  prepare(folder: string): Promise<string>

  /** Answers the files of one log, for who writes them; the same each time, as it knows what was read last. */
  writing(folder: string): TileStore

  /** Answers the files of one log for who only reads them. */
  reading(folder: string): TileStore
}

/** Answers the folder of an organisation's log: the first has its name alone. */
export function logFolder(slug: string, generation: number): string {
  return generation === 1 ? slug : `${slug}.${generation}`
}

/** Keeps logs in a bucket where there is one, and else below a directory. */
export function openLogPlaces(s3: S3Place | null, directory: string): LogPlaces {
  const objects = s3 && new S3Objects(s3)
  const storeOf = (folder: string): TileStore =>
    objects ? s3TileStore(objects, folder) : fileTileStore(join(directory, folder))
  const writers = new Map<string, TileStore>()
  return {
    async prepare(folder) {
      const beside = join(directory, folder)
      await mkdir(beside, { recursive: true, mode: 0o700 })
      if (objects) await assertConditionalWrites(objects).catch(refusal)
      return beside
    },
    writing(folder) {
      const writer = writers.get(folder) ?? storeOf(folder)
      writers.set(folder, writer)
      return writer
    },
    reading: storeOf,
  }
}

function refusal(cause: unknown): never {
  if (!(cause instanceof LogStoreFault)) throw cause
  throw new Problem("log_unavailable", cause.message, { cause })
}
