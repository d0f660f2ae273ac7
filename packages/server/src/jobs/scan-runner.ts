import { hostname } from "node:os"
import type { ScanProgress } from "@tabard/api"
import { recordScan, type Shelf } from "@tabard/control"
import { type Clock, type Organisation, Problem } from "@tabard/core"
import type { ScanReport } from "@tabard/scan"
import type { Config } from "../config.ts"
import { scanInThread } from "./scan-in-thread.ts"

export interface ScanRunnerDeps {
  readonly organisation: Organisation
  readonly shelf: Shelf
  readonly clock: Clock
  readonly places: Config["scan"]
  /** What fingerprints are made under; the organisation's own. */
  readonly fingerprintKey: Uint8Array | null
  readonly onFault: (error: unknown) => void
  readonly onProgress: (progress: ScanProgress) => void
}

const IDLE: ScanProgress = { running: false, filesSeen: 0, filesRead: 0, place: null, failed: null }

/** Reads the configured places into the inventory, one scan at a time. Disposing of it stops the one that runs. */
export class ScanRunner implements AsyncDisposable {
  readonly #deps: ScanRunnerDeps
  readonly #stop = new AbortController()
  #progress = IDLE
  #running: Promise<void> | undefined

  constructor(deps: ScanRunnerDeps) {
    this.#deps = deps
  }

  progress(): ScanProgress {
    return this.#progress
  }

  /**
   * Begins a scan, or joins the one that runs; answers at once.
   *
   * @throws {Problem} scan_invalid, where this process was told to scan nothing
   */
  async start(): Promise<ScanProgress> {
    if (!this.#deps.places || !this.#deps.fingerprintKey)
      throw new Problem("scan_invalid", "this server was started to scan nothing")
    this.#running ??= this.#run(this.#deps.places).finally(() => {
      this.#running = undefined
    })
    return this.#progress
  }

  /** Waits for the scan that runs, if one does. */
  async settled(): Promise<void> {
    await this.#running
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  async #run(places: NonNullable<Config["scan"]>): Promise<void> {
    this.#tell({ ...IDLE, running: true })
    try {
      const report = await this.#read(places)
      const reporter = { name: `server ${hostname()}`, machine: hostname() }
      await recordScan({ ...this.#deps, transact: this.#deps.shelf.transact }, reporter, report)
      this.#tell({ ...this.#progress, running: false, place: null })
    } catch (error) {
      if (this.#stop.signal.aborted) return
      this.#deps.onFault(error)
      this.#tell({
        ...this.#progress,
        running: false,
        failed: "the scan could not be finished; the log says why",
      })
    }
  }

  #read(places: NonNullable<Config["scan"]>): Promise<ScanReport> {
    const { clock, fingerprintKey } = this.#deps
    return scanInThread(
      { places, fingerprintKey: Buffer.from(fingerprintKey ?? []).toString("base64") },
      {
        clock,
        onProgress: (progress) => this.#tell({ ...progress, running: true, failed: null }),
        signal: this.#stop.signal,
      },
    )
  }

  #tell(progress: ScanProgress): void {
    this.#progress = progress
    this.#deps.onProgress(progress)
  }
}
