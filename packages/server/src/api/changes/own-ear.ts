import { type Arrival, type Shelf, seenIn } from "@tabard/control"
import type { Id } from "@tabard/core"
import type { Answering } from "./change-feed.ts"

/** Topics whose events may change whose agents are whose, without naming an agent. */
const MOVING_TOPICS: ReadonlySet<string> = new Set(["person", "register", "team"])

/** What a member hears: what is about agents that they own, help with or are asked to take on, as it stands when it is told. */
export class OwnEar {
  readonly #shelf: Pick<Shelf, "snapshot">
  readonly #user: Id<"user">
  /** The agents that they could see; only to notice when one is not theirs any more. */
  #seen: ReadonlySet<Id<"agent">> = new Set()

  constructor(shelf: Pick<Shelf, "snapshot">, user: Id<"user">) {
    this.#shelf = shelf
    this.#user = user
  }

  /** Looks up what they can see as they begin to listen. */
  async open(): Promise<void> {
    this.#seen = await this.#sight()
  }

  /** Answers whether they may hear of this one. */
  mayHear({ agent }: Arrival, answering: Answering): boolean {
    return agent !== null && answering.get(agent)?.has(this.#user) === true
  }

  /** Answers what of it they hear, and whether something that they could see is another's now, of which they hear no more. */
  async hear(
    arrivals: readonly Arrival[],
    answering: Answering,
  ): Promise<{ readonly heard: readonly Arrival[]; readonly lost: boolean }> {
    const heard = arrivals.filter((one) => this.mayHear(one, answering))
    const gone = arrivals.filter((one) => one.agent !== null && !this.mayHear(one, answering))
    const lost = gone.some(({ agent }) => agent !== null && this.#seen.has(agent))
    const moved = arrivals.some(({ type }) => MOVING_TOPICS.has(type.split(".", 1)[0] ?? ""))
    const before = this.#seen
    if (moved) await this.open()
    else if (lost || heard.some(({ agent }) => agent !== null && !before.has(agent))) this.#turn(heard, gone)
    return { heard, lost: lost || (moved && !isSame(before, this.#seen)) }
  }

  #turn(heard: readonly Arrival[], gone: readonly Arrival[]): void {
    const seen = new Set(this.#seen)
    for (const { agent } of heard) if (agent) seen.add(agent)
    for (const { agent } of gone) if (agent) seen.delete(agent)
    this.#seen = seen
  }

  async #sight(): Promise<ReadonlySet<Id<"agent">>> {
    const { agents } = await this.#shelf.snapshot((tx) => seenIn(tx, this.#user, new Set()))
    return agents
  }
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one))
}
