import { type Arrival, RecordFollower, type Shelf } from "@tabard/control"
import type { Clock, Id, User } from "@tabard/core"
import { type Repeating, repeat } from "../../jobs/repeat.ts"
import { changesText, HELLO, RESET } from "./change-text.ts"
import { Listener } from "./listener.ts"
import { OwnEar } from "./own-ear.ts"
import { RecentArrivals } from "./recent-arrivals.ts"

/** What the feed is made from. */
export interface ChangeFeedDeps {
  readonly shelf: Shelf
  readonly clock: Clock
  readonly onFault: (error: unknown) => void
}

/** Who answers for which agent, of those that something was told about. */
export type Answering = ReadonlyMap<Id<"agent">, ReadonlySet<Id<"user">>>

/** How often the record is looked at, in milliseconds. */
const LOOK_EVERY_MS = 500

/**
 * Tells everybody who listens what changed. One reader a process follows the record, however many listen; the store is
 * the truth, so it is the same on each of several replicas. Disposing of it ends what everybody is sent.
 */
export class ChangeFeed implements AsyncDisposable {
  readonly #deps: ChangeFeedDeps
  readonly #follower: RecordFollower
  readonly #recent = new RecentArrivals()
  readonly #begun = Promise.withResolvers<void>()
  /** Everybody, and for members what they may hear. */
  readonly #listeners = new Map<Listener, OwnEar | null>()
  #rounds: Repeating | undefined
  #round: () => Promise<void> = () => this.#begin()
  #over = false

  constructor(deps: ChangeFeedDeps) {
    this.#deps = deps
    this.#follower = new RecordFollower({ snapshot: deps.shelf.snapshot, clock: deps.clock })
  }

  /**
   * Begins to tell somebody what they may see: what changed after the event `since`, or, where they name none, in the
   * moment before.
   */
  async listen(user: User, since: string | undefined): Promise<Listener> {
    // Where nobody ever listens, nothing is followed.
    if (!this.#over) this.#rounds ??= repeat(LOOK_EVERY_MS, () => this.#round(), this.#deps.onFault)
    await this.#begun.promise
    const listener = new Listener(this.#deps.clock)
    void listener.left.then(() => this.#listeners.delete(listener))
    const ear = user.role === "member" ? new OwnEar(this.#deps.shelf, user.id) : null
    // From here on they are told what comes; what was before follows, and nothing falls between.
    this.#listeners.set(listener, ear)
    if (this.#over) listener.end()
    listener.tell(HELLO)
    try {
      await this.#tellBefore(listener, ear, since)
    } catch (error) {
      listener.end()
      throw error
    }
    return listener
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true
    for (const listener of this.#listeners.keys()) listener.end()
    this.#begun.resolve()
    await this.#rounds?.[Symbol.asyncDispose]()
  }

  async #begin(): Promise<void> {
    this.#recent.found(await this.#follower.begin())
    this.#round = () => this.#tellNews()
    this.#begun.resolve()
  }

  async #tellNews(): Promise<void> {
    const { arrivals, missed } = await this.#follower.read()
    if (missed) for (const listener of this.#listeners.keys()) listener.tell(RESET)
    if (arrivals.length === 0) return
    this.#recent.add(arrivals)
    const whole = changesText(arrivals)
    for (const [listener, ear] of this.#listeners) if (!ear) listener.tell(whole)
    await this.#tellMembers(arrivals)
  }

  /** What cannot be judged is not told; that something may have been missed is. */
  async #tellMembers(arrivals: readonly Arrival[]): Promise<void> {
    const members = [...this.#listeners].flatMap(([listener, ear]) => (ear ? [{ listener, ear }] : []))
    if (members.length === 0) return
    try {
      const answering = await this.#answeringFor(arrivals)
      for (const { listener, ear } of members) {
        const { heard, lost } = await ear.hear(arrivals, answering)
        if (lost) listener.tell(RESET)
        if (heard.length > 0) listener.tell(changesText(heard))
      }
    } catch (error) {
      for (const { listener } of members) listener.tell(RESET)
      throw error
    }
  }

  async #tellBefore(listener: Listener, ear: OwnEar | null, since: string | undefined): Promise<void> {
    const last = since === undefined ? undefined : this.#recent.find(since)
    const before = last ? this.#recent.behind(last) : this.#recent.lately(this.#deps.clock.now())
    if (since !== undefined && !last) {
      await ear?.open()
      listener.tell(RESET)
      return
    }
    const own = ear ? await this.#heardBy(ear, before, last) : before
    if (!own) listener.tell(RESET)
    else if (own.length > 0) listener.tell(changesText(own))
  }

  /** Answers undefined where the last that they heard is nothing that they may see. */
  async #heardBy(
    ear: OwnEar,
    before: readonly Arrival[],
    last: Arrival | undefined,
  ): Promise<readonly Arrival[] | undefined> {
    const answering = await this.#answeringFor(last ? [last, ...before] : before)
    await ear.open()
    if (last && !ear.mayHear(last, answering)) return undefined
    return before.filter((one) => ear.mayHear(one, answering))
  }

  async #answeringFor(arrivals: readonly Arrival[]): Promise<Answering> {
    const about = new Set(arrivals.flatMap(({ agent }) => agent ?? []))
    if (about.size === 0) return new Map()
    return this.#deps.shelf.snapshot(({ agents }) => agents.answering([...about]))
  }
}
