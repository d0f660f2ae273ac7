import type { Clock } from "@tabard/core"
import { type CompiledApplication, compileApplication } from "@tabard/policy"
import type { Snapshot } from "../transaction.ts"

/** For how long what was read counts: what another replica changes is felt here half a second later. */
const FRESH_MS = 500

/** An application as it is asked. */
export interface ApplicationInForce {
  readonly version: number
  readonly recorded: boolean
  readonly compiled: CompiledApplication
}

interface Known {
  readonly found: ApplicationInForce | undefined
  readonly readAt: number
}

/** What keeping applications needs. */
export interface ApplicationKeeperDeps {
  readonly snapshot: Snapshot<"applications">
  readonly clock: Clock
  /** What becomes of an application as it is compiled, such as judging it by a second judge. */
  readonly judged?: (application: CompiledApplication) => CompiledApplication
}

/** As many names as are asked for at once; strangers may ask for any. */
const MOST = 500

/**
 * Holds applications compiled, one version of each, and knows for half a second which are in force. What this process
 * changes itself is forgotten at once.
 */
export class ApplicationKeeper {
  readonly #deps: ApplicationKeeperDeps
  readonly #known = new Map<string, Known>()
  readonly #reading = new Map<string, Promise<ApplicationInForce | undefined>>()
  readonly #compiled = new Map<string, ApplicationInForce>()
  #changes = 0

  constructor(deps: ApplicationKeeperDeps) {
    this.#deps = deps
  }

  /** Answers the application of this name that is in force; undefined where none is. */
  async find(name: string): Promise<ApplicationInForce | undefined> {
    const now = this.#deps.clock.now().getTime()
    const known = this.#known.get(name)
    if (known && now >= known.readAt && now < known.readAt + FRESH_MS) return known.found
    const reading = this.#reading.get(name) ?? this.#know(name, now)
    this.#reading.set(name, reading)
    return reading
  }

  /** Whoever asks while it is read waits for the same reading, unless something has changed since that began. */
  async #know(name: string, now: number): Promise<ApplicationInForce | undefined> {
    const changes = this.#changes
    try {
      const found = await this.#read(name)
      if (changes === this.#changes) this.#keep(name, { found, readAt: now })
      return found
    } finally {
      if (changes === this.#changes) this.#reading.delete(name)
    }
  }

  /** Has everything read anew. */
  forget(): void {
    this.#changes++
    this.#known.clear()
    this.#reading.clear()
  }

  async #read(name: string): Promise<ApplicationInForce | undefined> {
    const stored = await this.#deps.snapshot(({ applications }) => applications.find(name))
    if (!stored) {
      this.#compiled.delete(name)
      return undefined
    }
    const { version, recorded } = stored
    const held = this.#compiled.get(name)
    if (held?.version === version) return held
    const { judged = asItIs } = this.#deps
    const compiled = { version, recorded, compiled: judged(compileApplication(stored)) }
    this.#compiled.set(name, compiled)
    return compiled
  }

  #keep(name: string, known: Known): void {
    if (this.#known.size >= MOST) this.#known.clear()
    this.#known.set(name, known)
  }
}

function asItIs(application: CompiledApplication): CompiledApplication {
  return application
}
