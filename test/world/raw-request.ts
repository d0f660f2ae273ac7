import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http"

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** A request in which nothing is normalised: any path, any Host. */
export interface RawRequest {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** Sends exactly this. */
export async function rawRequest(
  publicUrl: string,
  { method = "GET", path, headers, body }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(publicUrl)
  const sending = request({ hostname, port, method, path, headers: { ...headers }, agent: false })
  const { promise: answered, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  sending.once("response", resolve).once("error", reject)
  sending.end(body)
  const response = await answered
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(chunks).toString(),
  }
}
