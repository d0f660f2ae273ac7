/** The last message, with what HTTP says beside it where nothing was told before. */
export interface LastMessage {
  readonly text: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** How an answer goes back to a client. */
export interface Answering {
  /** Whether the client takes events; without them it hears the answer alone. */
  readonly acceptsEvents: boolean
  /** Does the work, tells what is worth telling on the way, and answers the last message. It never rejects. */
  readonly work: (tell: (text: string) => void) => Promise<LastMessage>
  /** Called when the client has gone. */
  readonly gone: () => void
}

/**
 * Answers as plain JSON where nothing is told before the answer is there, and else as a stream of events: a client that
 * is not kept waiting pays for no stream.
 */
export async function answerStream({ acceptsEvents, work, gone }: Answering): Promise<Response> {
  const events = new EventQueue()
  const last = work((text) => {
    if (acceptsEvents) events.tell(text)
  })
  const finished = last.then(({ text }) => events.end(text))
  await Promise.race([finished, events.begun])
  if (!events.told) return messageResponse(await last)
  return new Response(events.stream(gone), {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
  })
}

/** Answers one message as it is. */
export function jsonResponse(text: string, status = 200): Response {
  return messageResponse({ text, status })
}

function messageResponse({ text, status = 200, headers = {} }: LastMessage): Response {
  return new Response(text, {
    status,
    headers: { ...headers, "content-type": "application/json", "cache-control": "no-store" },
  })
}

class EventQueue {
  readonly begun: Promise<void>
  readonly #begin: () => void
  readonly #held: string[] = []
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  #over = false
  told = false

  constructor() {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.begun = promise
    this.#begin = resolve
  }

  tell(text: string): void {
    this.told = true
    this.#put(text)
    this.#begin()
  }

  end(text: string): void {
    this.#put(text)
    this.#over = true
    this.#close()
  }

  stream(gone: () => void): ReadableStream<Uint8Array> {
    return new ReadableStream({
      start: (controller) => {
        this.#controller = controller
        for (const text of this.#held) controller.enqueue(asEvent(text))
        this.#close()
      },
      cancel: () => {
        this.#controller = undefined
        this.#over = true
        gone()
      },
    })
  }

  #put(text: string): void {
    if (this.#controller) this.#controller.enqueue(asEvent(text))
    else if (!this.#over) this.#held.push(text)
  }

  #close(): void {
    if (!this.#over || !this.#controller) return
    this.#controller.close()
    this.#controller = undefined
  }
}

function asEvent(text: string): Uint8Array {
  return new TextEncoder().encode(`event: message\ndata: ${text}\n\n`)
}
