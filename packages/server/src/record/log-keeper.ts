import { randomBytes } from "node:crypto"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { LogProgress } from "@tabard/api"
import { LeaseLost, LOG_LEASE, publishOutbox, type Shelf, underLease } from "@tabard/control"
import { newHandle, type Organisation } from "@tabard/core"
import { formatVerifierKey, type NoteSigner } from "@tabard/log"
import { ed25519Signer, sha256 } from "@tabard/log/node"
import { publicHalves, vaultKey } from "../keys/key-vault.ts"
import type { OpenOrganisationDeps } from "../organisation/organisation-deps.ts"
import { type LogPlaces, logFolder } from "./log-places.ts"
import type { ProvableLog } from "./provable-log.ts"

/** What every part may know of the record. */
export interface KeptRecord {
  view(): Promise<LogProgress>
  /** Answers the log that holds what has this place in the record, or the current one. */
  logAt(place: number | null): Promise<ProvableLog>
}

/** Keeps the log itself, with the key that signs: for the process that publishes. Disposing of it gives the lease back. */
export interface LogKeeper extends KeptRecord, AsyncDisposable {
  /** Publishes everything that waits, if this process leads; answers how many entries the log gained. */
  publish(): Promise<number>
}

/** Answers the origin of an organisation's log (C2SP tlog-checkpoint). The number is raised when the log is rotated. */
export function logOrigin({ trustDomain, slug }: Organisation): string {
  return `audit.${trustDomain}/${slug}/1`
}

/** Opens the log of an organisation, in a folder of its own. */
export async function openRecord(deps: OpenOrganisationDeps, places: LogPlaces): Promise<LogKeeper> {
  const { organisation, shelf, clock } = deps
  const folder = logFolder(organisation.slug, 1)
  const place = await places.prepare(folder)
  const tiles = places.writing(folder)
  // Apart from the writer's, which knows by what it read last which checkpoint it may replace.
  const shown = places.reading(folder)
  const signer = await openSigner(deps)
  const verifierKey = formatVerifierKey(signer.key)
  // Beside the log for convenience; whoever means to trust it keeps a copy elsewhere.
  await writeFile(join(place, "vkey"), `${verifierKey}\n`, { mode: 0o644 })
  const holder = newHandle()
  const round = (fence: number): Promise<number> =>
    publishOutbox({ organisation, clock, ...shelf, tiles, sha256, signer, fence })

  return {
    view: () => logView(shelf, logOrigin(organisation), verifierKey),
    logAt: async () => ({
      origin: logOrigin(organisation),
      base: 0,
      checkpoint: (await shown.readCheckpoint()) ?? null,
      verifierKey,
      tiles: shown,
    }),
    publish: async () => {
      const lease = { transact: shelf.transact, clock, holder }
      return (await underLease(lease, LOG_LEASE, (fence) => publishAll(() => round(fence)))) ?? 0
    },
    // Whoever starts next leads at once, and need not wait for the lease to run out.
    [Symbol.asyncDispose]: () => shelf.transact(({ leases }) => leases.release(LOG_LEASE, holder)),
  }
}

/** Answers what is known of a log that another process keeps. */
export function knownRecord({ organisation, shelf }: OpenOrganisationDeps): KeptRecord {
  return {
    view: async () => {
      const [verifierKey = ""] = await publicHalves(shelf, "log-signing")
      return logView(shelf, logOrigin(organisation), verifierKey)
    },
    logAt: async () => {
      const [verifierKey = ""] = await publicHalves(shelf, "log-signing")
      const state = await shelf.snapshot(({ logState }) => logState.find())
      const checkpoint = state?.checkpoint ? new TextEncoder().encode(state.checkpoint) : null
      return { origin: logOrigin(organisation), base: 0, checkpoint, verifierKey, tiles: null }
    },
  }
}

async function openSigner(deps: OpenOrganisationDeps): Promise<NoteSigner> {
  const origin = logOrigin(deps.organisation)
  const seed = await vaultKey({ ...deps, transact: deps.shelf.transact }, "log-signing", () => {
    const secret = randomBytes(32)
    return { secret, publicHalf: formatVerifierKey(ed25519Signer(origin, secret).key) }
  })
  return ed25519Signer(origin, seed)
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

async function logView({ snapshot }: Shelf, origin: string, verifierKey: string): Promise<LogProgress> {
  const state = await snapshot(({ logState }) => logState.find())
  const { published = 0, sequenced = 0, checkpoint = null } = state ?? {}
  return { origin, published, sequenced, checkpoint, verifierKey }
}
