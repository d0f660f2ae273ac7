import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import {
  collectPartials,
  growLog,
  HeldLease,
  LeaseLost,
  LOG_LEASE,
  type LogState,
  type NextLog,
  publishCheckpoint,
  republishCheckpoint,
  rotateLog,
  settleCheckpoint,
  type WriteLogDeps,
} from "@tabard/control"
import { TamperedLog } from "@tabard/log"
import { sha256 } from "@tabard/log/node"
import type { Config } from "../config.ts"
import { type KeptRecord, knownRecord } from "./known-record.ts"
import { type LogPlaces, logFolder } from "./log-places.ts"
import { type LogSignerDeps, nextLog, openLogSigner } from "./log-signer.ts"

/** Keeps the log itself, with the key that signs: for the process that publishes. Disposing of it gives the lease back. */
export interface LogKeeper extends KeptRecord, AsyncDisposable {
  /** Brings everything that waits under a checkpoint, if this process leads; answers how many entries the log gained. */
  publish(): Promise<number>

  /** Does what is due: places and tiles for what waits, a checkpoint at its time, a new log where one was asked for. */
  keep(): Promise<number>

  /** Takes partial tiles away that no checkpoint of late needs. */
  collect(): Promise<void>

  /**
   * Stops publishing where somebody outside knows a larger log than this one: then the database was put back to an earlier
   * state, and what it would sign is another history. Only a new start, or a new log, goes on.
   *
   * @throws {TamperedLog} in words for the operator
   */
  assertNotBehind(size: number, whoSays: string): Promise<void>

  /** Puts a note with more signatures in the place of the last checkpoint; answers false where the log has grown. */
  republish(note: string): Promise<boolean>
}

/** What keeping a log needs. */
export interface LogKeeperDeps extends LogSignerDeps {
  readonly config: Pick<Config, "logEveryMs">
  /** Names this process among those that may publish, for the lease. */
  readonly holder: string
}

/** How long a process leads without a word: another takes over within seconds where it dies. */
const LEASE_MS = 4_000

/** Opens the log of an organisation, in a folder of its own. */
export async function openLogKeeper(deps: LogKeeperDeps, places: LogPlaces): Promise<LogKeeper> {
  const { log } = await openLogSigner(deps)
  await places.prepare(logFolder(deps.organisation.slug, log.number))
  return new Keeper(deps, places)
}

/** The newest log, opened under one fencing number. */
interface Writing {
  readonly deps: WriteLogDeps
  /** Whether the last checkpoint is known to be where it is read. */
  settled: boolean
}

class Keeper implements LogKeeper {
  readonly #deps: LogKeeperDeps
  readonly #places: LogPlaces
  readonly #known: KeptRecord
  readonly #lease: HeldLease
  #writing: Writing | undefined
  #signedAt: number | undefined
  #behind: TamperedLog | undefined
  /** Rounds follow each other: no two of one process meet at the log. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(deps: LogKeeperDeps, places: LogPlaces) {
    this.#deps = deps
    this.#places = places
    this.#known = knownRecord({ ...deps, places })
    const { transact } = deps.shelf
    this.#lease = new HeldLease({ ...deps, transact }, { job: LOG_LEASE, ms: LEASE_MS })
  }

  view: KeptRecord["view"] = () => this.#known.view()
  logAt: KeptRecord["logAt"] = (place) => this.#known.logAt(place)

  async publish(): Promise<number> {
    let gained = 0
    for (let more = -1; more !== 0; gained += more) more = await this.#round({ now: true })
    return gained
  }

  keep(): Promise<number> {
    return this.#round({ now: false })
  }

  async collect(): Promise<void> {
    await this.#leading(({ deps }) => collectPartials(deps))
  }

  async assertNotBehind(size: number, whoSays: string): Promise<void> {
    const state = await this.#deps.shelf.snapshot(({ logState }) => logState.find())
    const known = state ? state.published - state.base : 0
    if (size <= known) return
    this.#behind = new TamperedLog(
      `${whoSays} knows ${size} entries of this log, the database ${known}: it was put back to an earlier state. ` +
        "Bring back the newer database, or let a new log follow and abandon this one",
    )
    throw this.#behind
  }

  async republish(note: string): Promise<boolean> {
    return (await this.#leading(({ deps }) => republishCheckpoint(deps, note))) ?? false
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last
    await this.#lease[Symbol.asyncDispose]()
  }

  async #round({ now }: { readonly now: boolean }): Promise<number> {
    // The first look is at whether the files know more than the database, also where nothing waits.
    const idle = !now && !this.#behind && this.#writing?.settled === true
    if (idle && !(await this.#isAnythingDue())) return 0
    const gained = await this.#leading(async (writing) => {
      const { deps } = writing
      if (await this.#rotated(deps)) return 1
      if (this.#behind) throw this.#behind
      if (!writing.settled) await settleCheckpoint(deps)
      writing.settled = true
      const { state, gained: more } = await growLog(deps)
      if (now || this.#isSigningDue()) await this.#sign(deps, state)
      return more
    })
    return gained ?? 0
  }

  /** Where nothing happens, nothing is written and no file is read. */
  #isAnythingDue(): Promise<boolean> {
    return this.#deps.shelf.snapshot(async ({ logs, logState, outbox }) => {
      const state = await logState.find()
      if (!state?.checkpoint || state.published < state.sequenced) return true
      return (await outbox.unsequenced(1)).length > 0 || (await logs.asked()) !== undefined
    })
  }

  #isSigningDue(): boolean {
    const { clock, config } = this.#deps
    const age = this.#signedAt === undefined ? Infinity : Math.abs(clock.now().getTime() - this.#signedAt)
    return age >= config.logEveryMs
  }

  async #sign(deps: WriteLogDeps, state: LogState): Promise<void> {
    await publishCheckpoint(deps, state)
    this.#signedAt = this.#deps.clock.now().getTime()
  }

  /** The next round opens the new log, with its own key and its own files. */
  async #rotated(deps: WriteLogDeps): Promise<boolean> {
    const next = async (number: number): Promise<NextLog> => {
      await this.#places.prepare(logFolder(this.#deps.organisation.slug, number))
      return nextLog(this.#deps, number)
    }
    if (!(await rotateLog(deps, next, this.#behind))) return false
    this.#behind = undefined
    this.#writing = undefined
    return true
  }

  /** Does it if this process leads, after what it does already; answers undefined where another leads. */
  #leading<Result>(work: (writing: Writing) => Promise<Result>): Promise<Result | undefined> {
    const turn = this.#last.then(async () => {
      try {
        const fence = await this.#lease.fence()
        return fence === undefined ? undefined : await work(await this.#open(fence))
      } catch (error) {
        // What was begun is looked at anew: by the next round of this process, or by whoever leads now.
        this.#writing = undefined
        if (!(error instanceof LeaseLost)) throw error
        this.#lease.forget()
        return undefined
      }
    })
    this.#last = turn.catch(() => undefined)
    return turn
  }

  async #open(fence: number): Promise<Writing> {
    if (this.#writing?.deps.fence === fence) return this.#writing
    const { organisation, clock, shelf } = this.#deps
    const { signer, log } = await openLogSigner(this.#deps)
    const folder = logFolder(organisation.slug, log.number)
    const beside = await this.#places.prepare(folder)
    // For convenience; whoever means to trust it keeps a copy elsewhere.
    await writeFile(join(beside, "vkey"), `${log.verifierKey}\n`, { mode: 0o644 })
    const tiles = this.#places.writing(folder)
    const deps = { organisation, clock, ...shelf, tiles, sha256, signer, fence }
    this.#writing = { deps, settled: false }
    return this.#writing
  }
}
