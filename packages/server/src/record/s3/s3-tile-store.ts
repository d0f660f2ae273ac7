// Where files of https://c2sp.org/tlog-tiles stand in a bucket: under their own paths, so that a web server could hand them on.
import {
  assertFullTilePath,
  assertSameBytes,
  assertTilePath,
  equalBytes,
  parseMinimumIndex,
  type TileStore,
} from "@tabard/log"
import { LogStoreFault, type S3Objects, type Served } from "./s3-objects.ts"

/** A tile never changes; the checkpoint and the minimum index do. */
const TILE: Served = { type: "application/octet-stream", cache: "max-age=31536000, immutable" }
const CHANGING: Served = { type: "text/plain; charset=utf-8", cache: "no-cache" }

/**
 * Keeps one log below `folder` in a bucket. Nothing is ever replaced unseen: a tile is created or compared, and a
 * checkpoint takes the place of that one alone which this store has read last.
 */
export function s3TileStore(objects: S3Objects, folder: string): TileStore {
  const under = (path: string): string => `${folder}/${path}`
  return {
    async read(path) {
      assertTilePath(path)
      return (await objects.get(under(path)))?.bytes
    },
    async write(path, bytes) {
      assertTilePath(path)
      if ((await objects.create(under(path), bytes, TILE)) !== undefined) return
      const kept = await objects.get(under(path))
      if (!kept) throw new LogStoreFault(`${path} was taken and is not there: try again`)
      assertSameBytes(path, kept.bytes, bytes)
    },
    async *list() {
      for await (const key of objects.list(under("tile/"))) yield key.slice(folder.length + 1)
    },
    async remove(path) {
      assertTilePath(path)
      await removeAll(
        objects,
        under(path),
        (key) => key === under(path) || key.startsWith(under(`${path}.p/`)),
      )
    },
    async removePartials(path) {
      assertFullTilePath(path)
      await removeAll(objects, under(`${path}.p/`), () => true)
    },
    ...checkpoints(objects, under("checkpoint")),
    ...minimumIndex(objects, under("minimum-index")),
  }
}

async function removeAll(
  objects: S3Objects,
  below: string,
  isOfTile: (key: string) => boolean,
): Promise<void> {
  const found: string[] = []
  for await (const key of objects.list(below)) if (isOfTile(key)) found.push(key)
  await objects.remove(found)
}

function checkpoints(objects: S3Objects, key: string): Pick<TileStore, "readCheckpoint" | "writeCheckpoint"> {
  let seen: string | undefined
  return {
    async readCheckpoint() {
      const found = await objects.get(key)
      seen = found?.etag
      return found?.bytes
    },
    async writeCheckpoint(note) {
      const written = await put(objects, key, note, seen)
      if (written !== undefined) return void (seen = written)
      const kept = await objects.get(key)
      // Our own write, whose answer was lost on the way; or somebody else's.
      if (!kept || !equalBytes(kept.bytes, note)) {
        throw new LogStoreFault("another publisher has put its checkpoint there since this one looked")
      }
      seen = kept.etag
    },
  }
}

function minimumIndex(
  objects: S3Objects,
  key: string,
): Pick<TileStore, "readMinimumIndex" | "writeMinimumIndex"> {
  return {
    readMinimumIndex: async () => parseMinimumIndex((await objects.get(key))?.bytes),
    async writeMinimumIndex(index) {
      const bytes = new TextEncoder().encode(`${index}\n`)
      for (;;) {
        const kept = await objects.get(key)
        if (parseMinimumIndex(kept?.bytes) >= index) return
        if ((await put(objects, key, bytes, kept?.etag)) !== undefined) return
      }
    },
  }
}

function put(
  objects: S3Objects,
  key: string,
  bytes: Uint8Array,
  seen: string | undefined,
): Promise<string | undefined> {
  return seen === undefined
    ? objects.create(key, bytes, CHANGING)
    : objects.replace(key, bytes, CHANGING, seen)
}
