import type { Clock } from "@tabard/core"
import type { UpstreamTool } from "./read-tool-definitions.ts"

interface Reading {
  readonly edition: number
  readonly at: number
  readonly tools: Promise<ReadonlyMap<string, UpstreamTool>>
}

/**
 * Knows how an upstream defines its tools now. What was read before the upstream told of a change, or too long ago,
 * is read again: a server that says nothing of its changes is caught at the next reading.
 */
export class LiveDefinitions {
  readonly #read: () => Promise<readonly UpstreamTool[]>
  readonly #clock: Clock
  readonly #maxAgeMs: number
  #edition = 0
  #reading: Reading | undefined

  constructor(read: () => Promise<readonly UpstreamTool[]>, clock: Clock, maxAgeMs: number) {
    this.#read = read
    this.#clock = clock
    this.#maxAgeMs = maxAgeMs
  }

  /** From here on nothing that was read before counts. */
  changed(): void {
    this.#edition++
  }

  /** Answers the digest of a tool's present definition, or undefined where there is no such tool. @throws {UpstreamFault} */
  async digestOf(name: string): Promise<string | undefined> {
    const reading = this.#current() ?? this.#readAgain()
    const tools = await reading.tools
    // It changed while it was read: what was read may be of either edition.
    return reading.edition === this.#edition
      ? tools.get(name)?.digest
      : (await this.#latest()).get(name)?.digest
  }

  /** One more reading, taken as it is: an upstream that changes without end cannot keep us reading. */
  #latest(): Promise<ReadonlyMap<string, UpstreamTool>> {
    return (this.#current() ?? this.#readAgain()).tools
  }

  #current(): Reading | undefined {
    const reading = this.#reading
    if (!reading || reading.edition !== this.#edition) return undefined
    return this.#clock.now().getTime() - reading.at < this.#maxAgeMs ? reading : undefined
  }

  #readAgain(): Reading {
    const tools = this.#read().then((read) => new Map(read.map((tool) => [tool.name, tool])))
    const reading: Reading = { edition: this.#edition, at: this.#clock.now().getTime(), tools }
    this.#reading = reading
    tools.catch(() => {
      if (this.#reading === reading) this.#reading = undefined
    })
    return reading
  }
}
