import { Worker } from "node:worker_threads"
import { MalformedDocument } from "../../documents/document.ts"
import type { CodeFacts } from "../meaning/read-module.ts"
import type { ParseAnswer, ParseRequest } from "./parse-protocol.ts"

/** The thread's file has the ending of this one: the published package holds JavaScript. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "./parse-worker.ts" : "./parse-worker.js",
  import.meta.url,
)

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
    const thread = (this.#thread ??= this.#start())
    thread.ref()
    this.#timer = setTimeout(() => this.#replace("it took too long to parse"), this.#deadline)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage(first.request)
  }

  #start(): Worker {
    const thread = new Worker(THREAD, { resourceLimits: { maxOldGenerationSizeMb: 256, stackSizeMb: 4 } })
    thread.on("message", (answer: ParseAnswer) => {
      if (thread === this.#thread) this.#answered(answer)
    })
    thread.on("error", () => {
      if (thread === this.#thread) this.#replace("it could not be parsed")
    })
    return thread
  }

  #answered(answer: ParseAnswer): void {
    const waiting = this.#queue.shift()
    if ("facts" in answer) waiting?.resolve(answer.facts)
    else waiting?.reject(new MalformedDocument(answer.refused))
    this.#next()
  }

  #replace(reason: string): void {
    const thread = this.#thread
    this.#thread = undefined
    void thread?.terminate()
    this.#queue.shift()?.reject(new MalformedDocument(reason))
    this.#next()
  }
}
