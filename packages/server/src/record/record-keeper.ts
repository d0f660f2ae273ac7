import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { LogView } from "@tabard/api"
import { LeaseLost, LOG_LEASE, publishOutbox, type Shelf, underLease } from "@tabard/control"
import { type Clock, newHandle, type Organisation } from "@tabard/core"
import { formatVerifierKey, type NoteSigner } from "@tabard/log"
import { fileTileStore } from "@tabard/log/files"
import { ed25519Signer, sha256 } from "@tabard/log/node"

export interface RecordKeeperDeps {
  readonly organisation: Organisation
  readonly shelf: Shelf
  readonly clock: Clock
  /** Where the log's tiles and checkpoint lie. */
  readonly directory: string
  /** The 32 secret bytes of the log's key. */
  readonly signingSeed: Uint8Array
}

/** Keeps one organisation's log: publishes what waits, and says how far it is. */
export interface RecordKeeper {
  /** Publishes everything that waits, if this process leads; answers how many entries the log gained. */
  publish(): Promise<number>
  view(): Promise<LogView>
  readonly verifierKey: string
}

/** Answers the origin of an organisation's log (C2SP tlog-checkpoint). The number is raised when the log is rotated. */
export function logOrigin({ trustDomain, slug }: Organisation): string {
  return `audit.${trustDomain}/${slug}/1`
}

/** Opens the log of an organisation, in a directory of its own. */
export async function recordKeeper(deps: RecordKeeperDeps): Promise<RecordKeeper> {
  const directory = logDirectory(deps.directory, deps.organisation)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const tiles = fileTileStore(directory)
  const signer = ed25519Signer(logOrigin(deps.organisation), deps.signingSeed)
  const verifierKey = formatVerifierKey(signer.key)
  const holder = newHandle()
  // Beside the log for convenience; whoever means to trust it keeps a copy elsewhere.
  await writeFile(join(directory, "vkey"), `${verifierKey}\n`, { mode: 0o644 })

  return {
    verifierKey,
    publish: async () => {
      const gained = await underLease({ ...deps.shelf, clock: deps.clock, holder }, LOG_LEASE, (fence) =>
        publishAll(() =>
          publishOutbox({ ...deps, transact: deps.shelf.transact, tiles, sha256, signer, fence }),
        ),
      )
      return gained ?? 0
    },
    view: () => logView(deps, signer, verifierKey),
  }
}

/** Where one organisation's log lies below the data directory. */
export function logDirectory(directory: string, { slug }: Organisation): string {
  return join(directory, slug)
}

async function publishAll(round: () => Promise<number>): Promise<number> {
  let gained = 0
  try {
    for (let more = await round(); more > 0; more = await round()) gained += more
  } catch (error) {
    // Another replica leads now; what this one wrote is what the other writes as well.
    if (!(error instanceof LeaseLost)) throw error
  }
  return gained
}

async function logView(
  { shelf }: RecordKeeperDeps,
  { key }: NoteSigner,
  verifierKey: string,
): Promise<LogView> {
  const state = await shelf.snapshot(({ logState }) => logState.find())
  const { published = 0, sequenced = 0, checkpoint = null } = state ?? {}
  return { origin: key.name, published, sequenced, checkpoint, verifierKey }
}
