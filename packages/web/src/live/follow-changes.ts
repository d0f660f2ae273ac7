import { UNATTENDED } from "../data/attended-send.ts"
import type { Change } from "../data/touched.ts"
import { type Heard, readChanges } from "./read-changes.ts"

/** What following needs. */
export interface Following {
  readonly fetch: typeof fetch
  readonly now: () => number
  readonly chance: () => number
  /** Ends it. */
  readonly signal: AbortSignal
  readonly onChange: (change: Change) => void
  /** Anything may have changed unheard. */
  readonly onReset: () => void
  /** It is heard from now on. */
  readonly onLive: () => void
  /** Nothing is heard since then (in milliseconds; 0 for never): the session may be over, or the server away. */
  readonly onAway: (why: "refused" | "silent", since: number) => void
}

/** How far one has heard; it outlives the connections. */
export interface Place {
  last: string | undefined
  /** When something was last heard, in milliseconds; 0 before that. */
  heardAt: number
  /** When one began to listen. */
  readonly begunAt: number
}

/** Where changes are told. */
const ADDRESS = "/api/v1/changes"

/** The server breaks its silence every fifteen seconds: one that does not is gone, whatever the connection says. */
const SILENCE_MS = 25_000

/** A new listener is told what changed in the ten seconds before. Whoever was away for longer cannot know. */
const TOLD_AGAIN_MS = 8_000

/** How soon it is tried again, doubled with each failure up to the second. */
const RETRY_MS = 1_000
const MOST_RETRY_MS = 15_000

/**
 * Follows what changes until it is told to end: begins again where the connection ended, behind what was heard last,
 * and says when nothing is heard. One failure alone is not told: a server that starts again is back at once.
 */
export async function followChanges(following: Following, place: Place): Promise<void> {
  const { signal, chance, onAway } = following
  for (let failures = 0; !signal.aborted; ) {
    const end = await listen(following, place)
    if (signal.aborted) return
    failures = end === "ended" || end === "lost" ? 1 : failures + 1
    if (failures > 1 || end === "refused") onAway(end === "refused" ? "refused" : "silent", place.heardAt)
    await pause(end === "ended" ? RETRY_MS * chance() : retryIn(failures) * (0.5 + chance()), signal)
  }
}

/** How a connection came to its end: in order, after it had been live, without ever being so, or by a refusal. */
type End = "ended" | "lost" | "failed" | "refused"

async function listen(following: Following, place: Place): Promise<End> {
  const silence = new Silence()
  const hearing = { ...following, live: false }
  try {
    const answer = await following.fetch(ADDRESS, {
      headers: {
        accept: "text/event-stream",
        // It listens by itself, whoever is there or not.
        ...UNATTENDED,
        ...(place.last !== undefined && { "last-event-id": place.last }),
      },
      cache: "no-store",
      signal: AbortSignal.any([following.signal, silence.signal]),
    })
    if (!answer.ok || !answer.body) return answer.status < 500 ? "refused" : "failed"
    for await (const heard of readChanges(answer.body)) {
      silence.broken()
      hear(hearing, place, heard)
    }
    return hearing.live ? "ended" : "failed"
  } catch {
    return hearing.live ? "lost" : "failed"
  } finally {
    silence[Symbol.dispose]()
  }
}

/** Ends a connection on which nothing is heard. */
class Silence implements Disposable {
  readonly #ends = new AbortController()
  readonly signal: AbortSignal = this.#ends.signal
  #timer = setTimeout(() => this.#ends.abort(), SILENCE_MS)

  broken(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#ends.abort(), SILENCE_MS)
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    this.#ends.abort()
  }
}

function hear(hearing: Following & { live: boolean }, place: Place, heard: Heard): void {
  if (!hearing.live) begin(hearing, place)
  hearing.live = true
  place.heardAt = hearing.now()
  if (heard.kind === "reset") hearing.onReset()
  if (heard.kind === "change") {
    place.last = heard.id ?? place.last
    hearing.onChange(heard.change)
  }
}

function begin({ now, onReset, onLive }: Following, { last, heardAt, begunAt }: Place): void {
  // With a last one heard, the server itself says what came since, or that it cannot.
  if (last === undefined && now() - (heardAt || begunAt) > TOLD_AGAIN_MS) onReset()
  onLive()
}

function retryIn(failures: number): number {
  return Math.min(MOST_RETRY_MS, RETRY_MS * 2 ** (failures - 1))
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  signal.addEventListener("abort", () => resolve(), { once: true })
  return promise.finally(() => clearTimeout(timer))
}
