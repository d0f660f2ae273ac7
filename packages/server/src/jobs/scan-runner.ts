import { hostname } from "node:os"
import { parse } from "node:path"
import type { ScanProgress } from "@tabard/api"
import { recordScan, type Shelf } from "@tabard/control"
import { type Clock, type Organisation, Problem, Secret } from "@tabard/core"
import { scan, systemProcesses } from "@tabard/scan"
import type { Config } from "../config.ts"

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

  #read({ roots, home, environment }: NonNullable<Config["scan"]>): ReturnType<typeof scan> {
    const { clock, fingerprintKey } = this.#deps
    const key = new Secret(Buffer.from(fingerprintKey ?? []).toString("base64"))
    const reporter = {
      observed: () => undefined,
      unreadable: () => undefined,
      progress: (progress: { filesSeen: number; filesRead: number; place: string }) =>
        this.#tell({ ...progress, running: true, failed: null }),
    }
    const os = operatingSystem()
    const machine = { home, os, environment, systemRoot: parse(process.execPath).root }
    const listProcesses = home === null ? undefined : systemProcesses(os, home)
    const options = { ...machine, listProcesses, roots, fingerprintKey: key, clock, host: hostname() }
    return scan(options, reporter, this.#stop.signal)
  }

  #tell(progress: ScanProgress): void {
    this.#progress = progress
    this.#deps.onProgress(progress)
  }
}

function operatingSystem(): "linux" | "macos" | "windows" {
  if (process.platform === "win32") return "windows"
  return process.platform === "darwin" ? "macos" : "linux"
}
