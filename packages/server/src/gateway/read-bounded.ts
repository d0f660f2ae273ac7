/** More came than was agreed to be read. */
export class TooLarge extends Error {
  override readonly name = "TooLarge"
}

/**
 * Reads a body to its end as UTF-8 text, and stops at the first byte too many.
 *
 * @throws {TooLarge}
 * @throws {TypeError} where it is not UTF-8: bytes that two readers could take for different texts are refused.
 */
export async function readBounded(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  let text = ""
  let read = 0
  for await (const chunk of body ?? []) {
    read += chunk.byteLength
    if (read > maxBytes) throw new TooLarge(`it is larger than ${maxBytes} bytes`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
