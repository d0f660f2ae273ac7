import { rm } from "node:fs/promises"
import { join } from "node:path"
import { growLog, publishOutbox, type Shelf, type WriteLogDeps } from "@tabard/control"
import { newId, type Organisation, systemClock } from "@tabard/core"
import { type NoteSigner, readPublished, type TileStore, type TreeHead } from "@tabard/log"
import { fileTileStore } from "@tabard/log/files"
import { ed25519Signer, sha256 } from "@tabard/log/node"
import { openTemporarySqlite } from "@tabard/store/testing"

/** A record on SQLite with its log in files, on the disk that the figures are measured on. */
export interface KeptLog extends AsyncDisposable {
  readonly organisation: Organisation
  readonly shelf: Shelf
  readonly tiles: TileStore
  /** Where its files are. */
  readonly directory: string
  readonly signer: NoteSigner
  /** Gives places to what waits and writes its tiles; answers how many entries the log gained. */
  grow(): Promise<number>
  /** What its newest checkpoint says. */
  head(): Promise<TreeHead | undefined>
  /** The same as `grow`, and signs a checkpoint. */
  publish(): Promise<number>
}

/** Opens an empty one. */
export async function openKeptLog(): Promise<KeptLog> {
  const opened = await openTemporarySqlite()
  const organisation = await opened.store.ensureOrganisation("default", () => ({
    id: newId("organisation", systemClock),
    slug: "default",
    name: "Default organisation",
    trustDomain: "tabard.localhost",
  }))
  const shelf = opened.store.shelf(organisation.id)
  const directory = join(opened.path, "..", "log")
  const tiles = fileTileStore(directory)
  const signer = ed25519Signer("audit.tabard.localhost/default/1", new Uint8Array(32).fill(7))
  const lead = (): Promise<number | undefined> =>
    shelf.transact(({ leases }) => leases.acquire("log", "bench", 3_600_000, systemClock.now()))
  const fence = (await lead()) ?? 0
  const deps: WriteLogDeps = { organisation, clock: systemClock, ...shelf, tiles, sha256, signer, fence }
  return {
    organisation,
    shelf,
    tiles,
    directory,
    signer,
    head: () => readPublished(tiles),
    grow: async () => (await growLog(deps)).gained,
    publish: () => publishOutbox(deps),
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
