import { type Id, Recent } from "@tabard/core"
import type { EvaluationInputs, Who } from "./evaluation-inputs.ts"

/** For how long what was read counts: what another replica changes is felt here half a second later. */
const FRESH_MS = 500

/** As many agents and servers as are asked about at once. */
const MOST = 5_000

/** Whose calls, of whose tools. */
export interface InputsOf {
  readonly who: Who
  readonly server: Id<"server">
}

interface Known {
  readonly inputs: EvaluationInputs
  readonly readAt: Date
  readonly until: number
}

/**
 * Knows for half a second what answers are made from, so that a question asked again costs no reading. Whatever this process
 * changes itself is forgotten at once; what is not known afresh is read, and where it cannot be read nothing is answered.
 */
export class KnownInputs {
  readonly #known = new Recent<Known>(MOST)
  readonly #readings = new Map<string, Promise<unknown>>()
  #changes = 0

  /** Grows with each change here: what was read before one is not kept after it. */
  get changes(): number {
    return this.#changes
  }

  /** Answers what is known afresh, or undefined where it has to be read. */
  get(of: InputsOf, now: Date): EvaluationInputs | undefined {
    const known = this.#known.get(keyOf(of))
    // A clock that was set back makes nothing last.
    return known && now >= known.readAt && now.getTime() < known.until ? known.inputs : undefined
  }

  /** Answers when whoever reads this just now has done so, or has failed; undefined where nobody does. */
  readingOf(of: InputsOf): Promise<unknown> | undefined {
    // Why it failed is told to whoever reads, and to the next who does.
    return this.#readings.get(keyOf(of))?.catch(() => undefined)
  }

  /** Answers what a reading answers, and has others wait for it meanwhile. */
  async reading<Result>(of: InputsOf, read: Promise<Result>): Promise<Result> {
    const key = keyOf(of)
    this.#readings.set(key, read)
    try {
      return await read
    } finally {
      if (this.#readings.get(key) === read) this.#readings.delete(key)
    }
  }

  /** Knows what was read for a while, unless something has changed here since `changes`. */
  keep(of: InputsOf, inputs: EvaluationInputs, { now, changes }: { now: Date; changes: number }): void {
    if (changes !== this.#changes) return
    this.#known.set(keyOf(of), { inputs, readAt: now, until: endOf(inputs, now) })
  }

  /** Has everything read anew. */
  forget(): void {
    this.#changes++
    this.#known.clear()
    this.#readings.clear()
  }
}

/** What ends by its own time ends then. */
function endOf({ principal: { token, mandate, task, chain } }: EvaluationInputs, now: Date): number {
  const ends = [mandate.expiresAt, ...chain.map((link) => link.mandate.expiresAt)]
  if (token) ends.push(token.expiresAt)
  if (task) ends.push(task.expiresAt)
  return Math.min(now.getTime() + FRESH_MS, ...ends.map((end) => end.getTime()))
}

/** Every member counts: the same token under another key is another question. */
function keyOf({ who, server }: InputsOf): string {
  const parts =
    "token" in who
      ? [
          who.token.jti,
          who.token.agent,
          who.token.instance,
          who.token.task,
          who.token.audience,
          who.token.jkt,
        ]
      : [
          who.named.agent,
          who.named.instance,
          who.named.task,
          who.named.onBehalfOf,
          who.named.actingFor,
          who.asIssued,
        ]
  return JSON.stringify([server, Object.keys(who), parts])
}
