import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http"
import { createServer as createTlsServer } from "node:https"
import type { AddressInfo } from "node:net"
import { buffer } from "node:stream/consumers"
import { type SelfSigned, selfSigned } from "./self-signed.ts"

/** A request as a receiver got it. */
export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** How a receiver answers: it may also say nothing, or break off. */
export type Answer = (response: ServerResponse, received: Received) => void

/** A receiver over HTTP on loopback that answers as its vendor's documents say that it may. */
export interface TestReceiver extends AsyncDisposable {
  readonly url: string
  readonly received: readonly Received[]
}

/** Starts a receiver that answers its requests in turn, and what comes after as the last of them. */
export function startReceiver(...answers: readonly [Answer, ...Answer[]]): Promise<TestReceiver> {
  return listening(createServer(), "http", answers)
}

/** Starts one whose certificate nobody vouches for but itself. */
export function startUnverifiedReceiver(
  answer: Answer,
  identity: SelfSigned = selfSigned("a stranger"),
): Promise<TestReceiver> {
  const { certificate: cert, key } = identity
  return listening(createTlsServer({ cert, key }), "https", [answer])
}

async function listening(
  server: ReturnType<typeof createServer>,
  scheme: string,
  answers: readonly Answer[],
): Promise<TestReceiver> {
  const received: Received[] = []
  server.on("request", (request, response) => {
    void buffer(request).then((bytes) => {
      const one = { path: request.url ?? "", headers: request.headers, body: bytes.toString("utf8") }
      received.push(one)
      answers[Math.min(received.length, answers.length) - 1]?.(response, one)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on TCP, so its address is one
  const { port } = server.address() as AddressInfo
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Answers with a status, with JSON where a body is given, and with these headers. */
export function answering(
  status: number,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers })
    response.end(body && JSON.stringify(body))
  }
}

/** Says half of an answer, and breaks off. */
export const breakingOff: Answer = (response) => {
  response.writeHead(200, { "content-length": 1000 })
  response.write('{"half":', () => response.destroy())
}

/** Takes all of the request, and never answers. */
export const sayingNothing: Answer = () => undefined

/** Says one letter of its answer at a time. */
export const dripping: Answer = (response) => {
  response.writeHead(200, { "content-length": 100_000 })
  const drops = setInterval(() => response.write(" "), 20)
  response.on("close", () => clearInterval(drops))
}

/** Says its status, and then more than anybody should read. */
export function endless(status: number): Answer {
  return (response) => {
    response.writeHead(status)
    const flow = (): void => {
      let hasRoom = true
      while (hasRoom && !response.destroyed) hasRoom = response.write("x".repeat(64 * 1024))
    }
    response.on("drain", flow)
    flow()
  }
}
