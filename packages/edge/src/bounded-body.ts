/** The largest request that is carried, in bytes: a tool call, not an upload. */
export const MAX_BODY: number = 8 * 1024 * 1024

/** Answers a request's body in full, since it may have to be sent twice; undefined where it is too large. */
export async function boundedBody(stream: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of stream) {
    size += piece.length
    if (size > MAX_BODY) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
