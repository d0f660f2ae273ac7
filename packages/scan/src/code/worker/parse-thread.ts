import { Worker } from "node:worker_threads"
import { MalformedDocument } from "../../documents/document.ts"
import type { CodeFacts } from "../meaning/read-module.ts"
import type { ParseAnswer, ParseRequest } from "./parse-protocol.ts"

/** The thread's file has the ending of this one: the published package holds JavaScript. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "./parse-worker.ts" : "./parse-worker.js",
  import.meta.url,
)

const SHORTEST = 500

interface Waiting {
  readonly request: ParseRequest
  readonly resolve: (facts: CodeFacts) => void
  readonly reject: (error: Error) => void
}

/**
 * Parses files in a thread of its own, one at a time. A file that the thread does not answer for within the deadline is
 * refused, and the thread replaced; the files behind it are parsed by the next one.
 */
export class ParseThread {
  readonly #deadline: number
  readonly #queue: Waiting[] = []
  #thread: Worker | undefined
  #timer: NodeJS.Timeout | undefined
  #last = 0
  #refused = 0
  #isReady = false

  constructor(deadlineMilliseconds: number) {
    this.#deadline = deadlineMilliseconds
  }

  /** Answers what a file says. Rejects with MalformedDocument where it cannot be parsed, or not in time. */
  parse(path: string, text: string): Promise<CodeFacts> {
    const { promise, resolve, reject } = Promise.withResolvers<CodeFacts>()
    this.#queue.push({ request: { id: ++this.#last, path, text }, resolve, reject })
    if (this.#queue.length === 1) this.#next()
    return promise
  }

  /** Ends the thread; whatever waits is refused. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    const thread = this.#thread
    this.#thread = undefined
    for (const { reject } of this.#queue.splice(0)) reject(new MalformedDocument("reading was stopped"))
    await thread?.terminate()
  }

  #next(): void {
    clearTimeout(this.#timer)
    const [first] = this.#queue
    if (!first) {
      this.#thread?.unref()
      return
    }
    this.#thread ??= this.#start()
    this.#thread.ref()
    if (!this.#isReady) return
    // Files that take too long come in packs: each takes less patience than the one before.
    const patience = Math.max(SHORTEST, this.#deadline / 2 ** this.#refused)
    this.#timer = setTimeout(() => this.#replace("it took too long to read"), patience)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#thread.postMessage(first.request)
  }

  #start(): Worker {
    const thread = new Worker(THREAD, { resourceLimits: { maxOldGenerationSizeMb: 256, stackSizeMb: 4 } })
    this.#isReady = false
    thread.on("message", (answer: ParseAnswer) => {
      if (thread === this.#thread) this.#heard(answer)
    })
    thread.on("error", () => {
      if (thread === this.#thread) this.#replace("it could not be read")
    })
    return thread
  }

  #heard(answer: ParseAnswer): void {
    if ("ready" in answer) this.#isReady = true
    else this.#answered(answer)
    this.#next()
  }

  #answered(answer: Exclude<ParseAnswer, { ready: true }>): void {
    const waiting = this.#queue.shift()
    if ("facts" in answer) waiting?.resolve(answer.facts)
    else waiting?.reject(new MalformedDocument(answer.refused))
  }

  #replace(reason: string): void {
    const thread = this.#thread
    this.#thread = undefined
    this.#refused++
    void thread?.terminate()
    this.#queue.shift()?.reject(new MalformedDocument(reason))
    this.#next()
  }
}
