import { randomUUID } from "node:crypto"
import { link, mkdir, open, readdir, readFile, rename, rm, unlink } from "node:fs/promises"
import { dirname, join, relative, resolve, sep } from "node:path"
import { DirectorySyncs } from "./directory-syncs.ts"
import { MAX_BUNDLE_BYTES } from "./entry-bundle.ts"
import { MalformedRecord } from "./log-errors.ts"
import {
  assertFullTilePath,
  assertSameBytes,
  assertTilePath,
  parseMinimumIndex,
  type TileStore,
} from "./tile-store.ts"

/** Keeps a log in a directory, laid out so that any web server can serve it as it is. */
export function fileTileStore(directory: string): TileStore {
  const root = resolve(directory)
  const files = new DurableFiles(root)
  const checkpoint = join(root, "checkpoint")
  const minimum = join(root, "minimum-index")
  const readMinimumIndex = async (): Promise<number> => parseMinimumIndex(await readBounded(minimum))
  return {
    async read(path) {
      assertTilePath(path)
      return readBounded(join(root, path))
    },
    readCheckpoint: () => readBounded(checkpoint),
    readMinimumIndex,
    list: () => listTiles(root),
    async write(path, bytes) {
      assertTilePath(path)
      await files.create(join(root, path), bytes)
    },
    writeCheckpoint: (note) => files.replace(checkpoint, note),
    async writeMinimumIndex(index) {
      if (index > (await readMinimumIndex())) {
        await files.replace(minimum, new TextEncoder().encode(`${index}\n`))
      }
    },
    async remove(path) {
      assertTilePath(path)
      await rm(join(root, path), { force: true })
      await files.removeDirectory(join(root, `${path}.p`))
    },
    async removePartials(path) {
      assertFullTilePath(path)
      await files.removeDirectory(join(root, `${path}.p`))
    },
  }
}

/** Writes files that are whole and there, or not there at all, also when the power goes. */
class DurableFiles {
  readonly #root: string
  readonly #settled = new Set<string>()
  readonly #syncs = new DirectorySyncs()

  constructor(root: string) {
    this.#root = root
  }

  /** A link, unlike a rename, never takes the place of another file: of two writers, the first wins. */
  async create(path: string, bytes: Uint8Array): Promise<void> {
    await this.#viaTemporary(path, bytes, (temporary) =>
      link(temporary, path).catch(async (error: unknown) => {
        unless("EEXIST")(error)
        assertSameBytes(relative(this.#root, path), await readFile(path), bytes)
      }),
    )
  }

  async replace(path: string, bytes: Uint8Array): Promise<void> {
    await this.#viaTemporary(path, bytes, (temporary) => rename(temporary, path))
  }

  async removeDirectory(path: string): Promise<void> {
    this.#settled.delete(path)
    await rm(path, { recursive: true, force: true })
  }

  async #viaTemporary(
    path: string,
    bytes: Uint8Array,
    place: (temporary: string) => Promise<void>,
  ): Promise<void> {
    // Beside the tiles and not among them, so that what a crash leaves behind is no part of the log.
    const temporary = join(this.#root, ".writing", randomUUID())
    await this.#settle(dirname(path))
    await this.#settle(dirname(temporary))
    try {
      await writeSynced(temporary, bytes)
      await place(temporary)
    } finally {
      // rm would look at it first, and hold everything else up meanwhile.
      await unlink(temporary).catch(unless("ENOENT"))
    }
    // Until its directory is synced as well, a file can be lost though its bytes are on the disk.
    await this.#syncs.sync(dirname(path))
  }

  /** Makes a directory that stays: its name is synced in its parent, once in the life of this process. */
  async #settle(directory: string): Promise<void> {
    if (this.#settled.has(directory)) return
    const parent = dirname(directory)
    if (directory === this.#root) await mkdir(directory, { recursive: true, mode: 0o700 })
    else {
      await this.#settle(parent)
      await mkdir(directory, { mode: 0o700 }).catch(unless("EEXIST"))
    }
    await this.#syncs.sync(parent)
    this.#settled.add(directory)
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  await using file = await open(path, "wx", 0o600)
  await file.writeFile(bytes)
  await file.sync()
}

async function readBounded(path: string): Promise<Uint8Array | undefined> {
  try {
    await using file = await open(path)
    const { size } = await file.stat()
    if (size > MAX_BUNDLE_BYTES) throw new MalformedRecord(`${path} is longer than any file of a log`)
    return new Uint8Array(await file.readFile())
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined
    throw error
  }
}

async function* listTiles(root: string): AsyncGenerator<string> {
  const files = await readdir(join(root, "tile"), { recursive: true, withFileTypes: true }).catch(noneYet)
  for (const file of files) {
    if (!file.isDirectory()) yield relative(root, join(file.parentPath, file.name)).replaceAll(sep, "/")
  }
}

function noneYet(error: unknown): [] {
  if (codeOf(error) === "ENOENT") return []
  throw error
}

function unless(code: "EEXIST" | "ENOENT"): (error: unknown) => void {
  return (error) => {
    if (codeOf(error) !== code) throw error
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined
}
