import { type IncomingHttpHeaders, type OutgoingHttpHeaders, type RequestOptions, request } from "node:http"

/** What a socket answered. */
export interface SocketAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** A request, and what is sent with it. */
export interface SocketQuestion extends Omit<RequestOptions, "headers"> {
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Buffer
}

/** Asks over a unix socket, or over any connection that is handed in. */
export function askSocket(options: SocketQuestion): Promise<SocketAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<SocketAnswer>()
  const { body, ...asked } = options
  request({ ...asked, headers: { host: "localhost", ...asked.headers } }, (response) => {
    const pieces: Buffer[] = []
    response.on("data", (piece: Buffer) => pieces.push(piece))
    response.on("end", () =>
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        text: Buffer.concat(pieces).toString(),
      }),
    )
  })
    .on("error", reject)
    .end(body)
  return promise
}
