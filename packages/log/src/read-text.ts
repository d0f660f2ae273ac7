import { MalformedRecord } from "./log-errors.ts"

/**
 * Answers the text that bytes from outside spell: UTF-8 without control characters but the newline.
 *
 * @throws {MalformedRecord} where they are anything else, or more than `limit`
 */
export function readText(what: string, bytes: Uint8Array, limit: number): string {
  if (bytes.length > limit) throw new MalformedRecord(`${what} has at most ${limit} bytes`)
  const text = decodeUtf8(what, bytes)
  if (Array.from(text).some((char) => char < " " && char !== "\n")) {
    throw new MalformedRecord(`${what} holds no control characters`)
  }
  return text
}

function decodeUtf8(what: string, bytes: Uint8Array): string {
  try {
    // A byte order mark is kept: dropped, it would give one text two spellings.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new MalformedRecord(`${what} is UTF-8`, { cause })
  }
}
