import { setImmediate as turn } from "node:timers/promises"
import type { ReadingContext } from "../configurations/read-configuration.ts"
import { CredentialReader } from "../credentials/credential-reader.ts"
import { lintSecrets } from "../credentials/secretlint.ts"
import { MalformedDocument } from "../documents/document.ts"
import { reasonOf } from "../places/read-bounded.ts"
import { sizeWords } from "../places/size-words.ts"
import type { Unreadable } from "../report.ts"
import { sourceBytesReader } from "./read-source-bytes.ts"
import type { SourceObservation, SourceRead, SourceReader } from "./source-reader.ts"
import { sourceReaders } from "./source-readers.ts"

/** Files whose reading may be under way at once: enough to keep a worker busy while others are opened. */
const MOST_PENDING = 16
/** Files opened, and milliseconds taken, before everything else of the program gets its turn: a server decides meanwhile. */
const FILES_A_TURN = 64
const LONGEST_TURN_MS = 20

/** What the source files said, in the order they were met, and what they could not say. */
export interface SourcesRead {
  readonly observations: readonly SourceObservation[]
  readonly unreadable: readonly Unreadable[]
  readonly filesRead: number
  readonly filesSkipped: number
}

/** What became of one file, kept where it was met: readings end in any order, and a report has one. */
interface Slot {
  observation?: SourceObservation
  unreadable?: Unreadable
}

/** One pass over source files: each is opened once, and handed to the readers that its path and text may concern. */
export class SourceReading {
  readonly #context: ReadingContext
  readonly #signal: AbortSignal
  readonly #readers: readonly SourceReader[] = sourceReaders()
  readonly #bytesOf: ReturnType<typeof sourceBytesReader>
  readonly #pending = new Set<Promise<void>>()
  readonly #slots: Slot[] = []
  #taken = 0
  #turnBegan = performance.now()
  #filesRead = 0
  #filesSkipped = 0

  constructor(context: ReadingContext, signal: AbortSignal) {
    this.#context = context
    this.#signal = signal
    this.#bytesOf = sourceBytesReader(context.limits.sourceBytes)
  }

  /** Answers the readers that want a file; none means that it need not be opened. */
  wanting(path: string, beneath: string): readonly SourceReader[] {
    return this.#readers.filter((reader) => reader.wants(path, beneath))
  }

  /** Reads a file for `readers`, and waits only where too many are under way; `known` is its text where it was read already. */
  async take(path: string, readers: readonly SourceReader[], known?: string): Promise<void> {
    await this.#letOthersGo()
    this.#signal.throwIfAborted()
    const text = known ?? this.#textOf(path, readers)
    if (text === undefined) return
    for (const reader of readers.filter((candidate) => candidate.mayDeclare(text))) {
      const reading = this.#read(path, text, reader).finally(() => this.#pending.delete(reading))
      this.#pending.add(reading)
    }
    if (this.#pending.size >= MOST_PENDING) await Promise.race(this.#pending)
  }

  async #letOthersGo(): Promise<void> {
    const isLong = performance.now() - this.#turnBegan > LONGEST_TURN_MS
    if (++this.#taken % FILES_A_TURN !== 0 && !isLong) return
    await turn()
    this.#turnBegan = performance.now()
  }

  /** Waits for what is under way, and answers everything. */
  async finish(): Promise<SourcesRead> {
    try {
      await Promise.all(this.#pending)
    } finally {
      for (const reader of this.#readers) await reader.close?.()
    }
    this.#signal.throwIfAborted()
    return {
      observations: this.#slots.flatMap(({ observation }) => observation ?? []),
      unreadable: this.#slots.flatMap(({ unreadable }) => unreadable ?? []),
      filesRead: this.#filesRead,
      filesSkipped: this.#filesSkipped,
    }
  }

  #textOf(path: string, readers: readonly SourceReader[]): string | undefined {
    try {
      const bytes = this.#bytesOf(path)
      if (typeof bytes !== "string") return this.#counted(bytes)
      this.#skip(path, bytes === "too-large" && readers.some(({ tellsTooLarge }) => tellsTooLarge))
    } catch (error) {
      this.#filesSkipped++
      this.#slots.push({ unreadable: { path, reason: reasonOf(error) } })
    }
    return undefined
  }

  #counted(bytes: Buffer): string {
    this.#filesRead++
    return bytes.toString("utf8")
  }

  #skip(path: string, told: boolean): void {
    this.#filesSkipped++
    const reason = `it is larger than ${sizeWords(this.#context.limits.sourceBytes)}`
    if (told) this.#slots.push({ unreadable: { path, reason } })
  }

  async #read(path: string, text: string, reader: SourceReader): Promise<void> {
    const slot: Slot = {}
    this.#slots.push(slot)
    try {
      const { shortfall, ...read } = await reader.read({ path, text }, this.#context, this.#signal)
      const said = await withLinted({ path, ...read }, text, this.#context)
      if (saysAnything(said)) slot.observation = said
      if (shortfall) slot.unreadable = { path, reason: shortfall }
    } catch (error) {
      if (this.#signal.aborted) return
      slot.unreadable = { path, reason: error instanceof MalformedDocument ? error.message : reasonOf(error) }
    }
  }
}

/** Adds the secrets that secretlint finds in the text, and of which the reader of the file said nothing. */
async function withLinted(
  said: SourceObservation,
  text: string,
  { pack, fingerprint }: ReadingContext,
): Promise<SourceObservation> {
  const linted = await lintSecrets(text, pack)
  if (linted.length === 0) return said
  const reader = new CredentialReader(pack, fingerprint, said.path)
  reader.takeLinted(linted)
  const told = [...said.credentials, ...said.agents.flatMap(({ credentials }) => credentials)]
  const known = new Set(told.map(({ key }) => key))
  const more = reader.sightings().filter(({ key }) => !known.has(key))
  return { ...said, credentials: [...said.credentials, ...more] }
}

function saysAnything({ agents, servers, credentials }: Omit<SourceRead, "shortfall">): boolean {
  return agents.length + servers.length + credentials.length > 0
}
