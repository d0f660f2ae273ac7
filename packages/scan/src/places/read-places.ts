import { access, constants, lstat } from "node:fs/promises"
import { resolve } from "node:path"
import type { Observation } from "../configurations/observation.ts"
import { type ReadingContext, readConfiguration } from "../configurations/read-configuration.ts"
import { lintSecrets } from "../credentials/secretlint.ts"
import { MalformedDocument } from "../documents/document.ts"
import type { KnownClient } from "../knowledge/knowledge-pack.ts"
import type { Unreadable } from "../report.ts"
import type { ScanReporter } from "../reporter.ts"
import type { SourceObservation, SourceReader } from "../sources/source-reader.ts"
import { SourceReading } from "../sources/source-reading.ts"
import { expandPlace } from "./expand-place.ts"
import { homePlaces, type Machine, presenceFolders } from "./home-places.ts"
import { isMissing, readBounded, reasonOf } from "./read-bounded.ts"
import { type Recognise, type RecognisedFile, recogniser } from "./recognise.ts"
import { walk } from "./walk.ts"

/** Where to read. */
export interface Places {
  readonly roots: readonly string[]
  /** The machine whose home directory is read, or null to read no home at all. */
  readonly machine: Machine | null
}

/** What reading the places brought, and what it could not bring. */
export interface PlacesRead {
  readonly observations: readonly Observation[]
  /** What source files beneath the roots declare; those of a home directory are nobody's answer to this question. */
  readonly sources: readonly SourceObservation[]
  readonly unreadable: readonly Unreadable[]
  readonly clientsMissed: ReadonlySet<string>
  readonly filesRead: number
  readonly filesSkipped: number
}

/** Answers what the known files say in a home directory, and they and source files beneath the roots; each file is read once. */
export async function readPlaces(
  places: Places,
  context: ReadingContext,
  reporter: ScanReporter,
  signal: AbortSignal,
): Promise<PlacesRead> {
  const reading = new Reading(context, reporter, signal)
  const { machine } = places
  try {
    if (machine !== null) await reading.readHome(machine)
    for (const root of places.roots) await reading.readRoot(resolve(root), machine?.home ?? null)
  } finally {
    await reading.finish()
  }
  return reading.result()
}

/** One pass over all places: what was seen so far, and which files need no second look. */
class Reading {
  readonly #context: ReadingContext
  readonly #reporter: ScanReporter
  readonly #signal: AbortSignal
  readonly #recognise: Recognise
  readonly #sources: SourceReading
  #sourcesRead: readonly SourceObservation[] = []
  readonly #observations: Observation[] = []
  readonly #unreadable = new Map<string, Unreadable>()
  readonly #clientsMissed = new Set<string>()
  readonly #done = new Set<string>()
  readonly #sourcesDone = new Set<string>()
  #filesSeen = 0
  #filesRead = 0
  #filesSkipped = 0

  constructor(context: ReadingContext, reporter: ScanReporter, signal: AbortSignal) {
    this.#context = context
    this.#reporter = reporter
    this.#signal = signal
    this.#recognise = recogniser(context.pack)
    this.#sources = new SourceReading(context, signal)
  }

  async readHome(machine: Machine): Promise<void> {
    const { pack } = this.#context
    if (!(await this.#canEnter(machine.home))) return
    const cannotList = (folder: string, error: unknown): void => {
      if (!isMissing(error)) this.#cannotRead(folder, reasonOf(error))
    }
    for (const { root, names, file } of homePlaces(machine, pack))
      for (const path of await expandPlace(root, names, cannotList)) await this.#read({ ...file, path }, root)
    for (const client of pack.clients) await this.#lookForFolder(client, machine)
  }

  async readRoot(root: string, home: string | null): Promise<void> {
    const filesBefore = this.#filesSeen
    const wanting = (path: string): readonly SourceReader[] =>
      this.#sources.wanting(path, path === root ? path : path.slice(root.length).replace(/^[\\/]/, ""))
    const listener = {
      wants: (path: string) => this.#recognise(path, home) !== undefined || wanting(path).length > 0,
      entered: (folder: string, filesSeen: number) => {
        this.#filesSeen = filesBefore + filesSeen
        this.#progress(folder)
      },
      unreadable: (path: string, reason: string) => this.#cannotRead(path, reason),
    }
    for await (const path of walk(root, this.#context.limits, listener, this.#signal)) {
      const file = this.#recognise(path, home)
      const text = file && (await this.#read(file, root))
      const readers = wanting(path).filter(({ leavesToClients }) => !file || !leavesToClients)
      if (!file || text !== undefined) await this.#readSource(path, readers, text)
    }
  }

  /** Waits for the source files that are still being read. */
  async finish(): Promise<void> {
    const { observations, unreadable, filesRead, filesSkipped } = await this.#sources.finish()
    this.#sourcesRead = observations
    for (const { path, reason } of unreadable) this.#cannotRead(path, reason)
    this.#filesRead += filesRead
    this.#filesSkipped += filesSkipped
  }

  result(): PlacesRead {
    return {
      observations: this.#observations,
      sources: this.#sourcesRead,
      unreadable: [...this.#unreadable.values()],
      clientsMissed: this.#clientsMissed,
      filesRead: this.#filesRead,
      filesSkipped: this.#filesSkipped,
    }
  }

  async #readSource(
    path: string,
    readers: readonly SourceReader[],
    known: string | undefined,
  ): Promise<void> {
    if (readers.length === 0 || this.#sourcesDone.has(path)) return
    this.#sourcesDone.add(path)
    await this.#sources.take(path, readers, known)
  }

  /** Answers the text of a file that was read, for whoever else wants it. */
  async #read(file: RecognisedFile, root: string): Promise<string | undefined> {
    this.#signal.throwIfAborted()
    if (this.#done.has(file.path)) return undefined
    this.#done.add(file.path)
    try {
      const text = await readBounded(file.path, root, this.#context.limits.fileBytes)
      if (text === undefined) return undefined
      this.#filesRead++
      this.#progress(file.path)
      await this.#keep(file, text)
      return text
    } catch (error) {
      this.#filesSkipped++
      this.#clientsMissed.add(file.client.id)
      this.#cannotRead(file.path, error instanceof MalformedDocument ? error.message : reasonOf(error))
      return undefined
    }
  }

  async #keep(file: RecognisedFile, text: string): Promise<void> {
    const linted = await lintSecrets(text, this.#context.pack)
    const { observation, shortfall } = readConfiguration(file, text, this.#context, linted)
    if (shortfall) this.#cannotRead(file.path, shortfall)
    if (observation) this.#observe(observation)
  }

  async #canEnter(folder: string): Promise<boolean> {
    try {
      await access(folder, constants.R_OK | constants.X_OK)
      return true
    } catch (error) {
      this.#cannotRead(folder, reasonOf(error))
      for (const { id } of this.#context.pack.clients) this.#clientsMissed.add(id)
      return false
    }
  }

  /** A client leaves a folder in the home directory before anybody configures it; its agent acts by default settings. */
  async #lookForFolder(client: KnownClient, machine: Machine): Promise<void> {
    if (this.#observations.some((seen) => seen.client.id === client.id)) return
    for (const path of presenceFolders(client, machine, this.#context.pack)) {
      if (!(await isFolder(path))) continue
      const owner = { kind: "home", path: machine.home } as const
      const nothing = { servers: [], credentials: [], settings: [], subAgents: [] }
      this.#observe({
        client,
        owner,
        path,
        what: `folder of ${client.name}`,
        confidence: "medium",
        stale: client.discontinued,
        ...nothing,
      })
    }
  }

  #observe(observation: Observation): void {
    this.#observations.push(observation)
    this.#reporter.observed(observation)
  }

  #cannotRead(path: string, reason: string): void {
    if (this.#unreadable.has(path)) return
    this.#unreadable.set(path, { path, reason })
    this.#reporter.unreadable(path, reason)
  }

  #progress(place: string): void {
    this.#reporter.progress({ filesSeen: this.#filesSeen, filesRead: this.#filesRead, place })
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory()
  } catch {
    return false
  }
}
