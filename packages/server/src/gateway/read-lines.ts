const NEWLINE = 0x0a

/**
 * Cuts a stream of bytes into lines and hands each to `line`. Answers false as soon as one line is longer than
 * `maxBytes`: a peer that never ends its line must not fill the memory.
 */
export function lineReader(maxBytes: number, line: (text: string) => void): (chunk: Buffer) => boolean {
  let parts: Buffer[] = []
  let held = 0

  function keep(part: Buffer): boolean {
    parts.push(part)
    held += part.length
    return held <= maxBytes
  }

  function release(): void {
    const text = Buffer.concat(parts, held).toString("utf8")
    parts = []
    held = 0
    line(text)
  }

  return (chunk) => {
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      if (!keep(chunk.subarray(from, end))) return false
      release()
      from = end + 1
    }
    return keep(chunk.subarray(from))
  }
}
