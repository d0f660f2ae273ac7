import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http"
import { buffer } from "node:stream/consumers"

/** A request that a receiver got. */
export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** The other end of a channel, on loopback. */
export interface Receiver extends AsyncDisposable {
  readonly url: string
  readonly received: Received[]
}

/** Starts a receiver that answers each request as it is told to; 204 where it is not. */
export async function startReceiver(
  answer: (response: ServerResponse, turn: number) => void = (response) => void response.writeHead(204).end(),
): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    void buffer(request).then((bytes) => {
      received.push({ headers: request.headers, body: bytes.toString("utf8") })
      answer(response, received.length)
    })
  })
  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}/hooks/T0SECRET`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      resolve(typeof address === "object" && address ? address.port : 0)
    })
  })
}
