import { joinBytes } from "./bytes.ts"
import { MalformedRecord } from "./log-errors.ts"

/**
 * Answers the bytes of a response, and stops reading once they are more than `limit`, whatever its
 * headers say.
 *
 * @throws {MalformedRecord} where they are more
 */
export async function readBody(response: Response, url: string, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = response.body?.getReader()
  for (let chunk = await reader?.read(); chunk?.value; chunk = await reader?.read()) {
    chunks.push(chunk.value)
    length += chunk.value.length
    if (length > limit) {
      await reader?.cancel()
      throw new MalformedRecord(`${url} is longer than any file of a log`)
    }
  }
  return joinBytes(chunks)
}
