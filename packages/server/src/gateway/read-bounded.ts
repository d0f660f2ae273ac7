/** More came than was agreed to be read. */
export class TooLarge extends Error {
  override readonly name = "TooLarge"
}

/** Bytes that are not UTF-8: two readers could take them for different texts. */
export class NotText extends Error {
  override readonly name = "NotText"
}

/**
 * Reads a body to its end as UTF-8 text, and stops at the first byte too many.
 *
 * @throws {TooLarge}
 * @throws {NotText}
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
    text += decoded(() => decoder.decode(chunk, { stream: true }))
  }
  return text + decoded(() => decoder.decode())
}

function decoded(decode: () => string): string {
  try {
    return decode()
  } catch (cause) {
    throw new NotText("it is not UTF-8", { cause })
  }
}
