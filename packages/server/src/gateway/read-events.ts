import { TooLarge } from "./read-bounded.ts"

/**
 * Reads a stream of server-sent events and hands the data of each to `event`.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 *
 * @throws {TooLarge} where all events together are larger than `maxBytes`.
 */
export async function readEvents(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  event: (data: string) => void,
): Promise<void> {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  let rest = ""
  let read = 0
  for await (const chunk of body ?? []) {
    read += chunk.byteLength
    if (read > maxBytes) throw new TooLarge(`it is larger than ${maxBytes} bytes`)
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n\r\n|\n\n|\r\r/)
    rest = blocks.pop() ?? ""
    for (const block of blocks) emit(block, event)
  }
}

function emit(block: string, event: (data: string) => void): void {
  const data = block
    .split(/\r\n|\n|\r/)
    .filter((line) => line.startsWith("data:"))
    .map((line) => line.slice(5).replace(/^ /, ""))
  if (data.length > 0 && data.join("\n") !== "") event(data.join("\n"))
}
