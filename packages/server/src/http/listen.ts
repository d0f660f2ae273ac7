import { once } from "node:events"
import { readFile } from "node:fs/promises"
import { createServer, type RequestListener, type Server } from "node:http"
import { createServer as createTlsServer } from "node:https"
import { Problem } from "@tabard/core"
import type { Config } from "../config.ts"
import { listedAddresses } from "./listed-address.ts"

/** A server that listens. Disposing of it ends open connections and waits. */
export interface Listening extends AsyncDisposable {
  readonly port: number
}

const MAX_HEADER_BYTES = 32 * 1024

/** How long a request may take to arrive, and how often is looked for one that took longer. */
export interface Patience {
  readonly headersMs: number
  readonly requestMs: number
  readonly lookMs: number
}

/** No request needs longer to arrive; a call that waits for people is an answer, not a request. */
const PATIENCE: Patience = { headersMs: 10_000, requestMs: 30_000, lookMs: 2_000 }

/**
 * Listens where the configuration says. Where proxies are listed, whoever else connects is hung up on before a byte
 * is read: past the proxy there would be no TLS.
 *
 * @throws {Problem} body_invalid, where the port is in use or may not be used
 */
export async function listen(
  { host, port, tls, proxies }: Pick<Config, "host" | "port" | "tls" | "proxies">,
  onRequest: RequestListener,
  { headersMs, requestMs, lookMs }: Patience = PATIENCE,
): Promise<Listening> {
  const limits = {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: lookMs,
    maxHeaderSize: MAX_HEADER_BYTES,
  }
  const server = tls
    ? createTlsServer({ ...limits, cert: await readFile(tls.cert), key: await readFile(tls.key) }, onRequest)
    : createServer(limits, onRequest)
  if (proxies.length > 0) admitOnly(server, listedAddresses(proxies))
  try {
    server.listen({ host, port, exclusive: true })
    await once(server, "listening")
  } catch (error) {
    throw unusable(error, host, port)
  }
  return { port: portOf(server), [Symbol.asyncDispose]: () => close(server) }
}

function admitOnly(server: Server, isListed: (remote: string | undefined) => boolean): void {
  server.on("connection", (socket) => {
    if (!isListed(socket.remoteAddress)) socket.destroy()
  })
}

function unusable(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined
  if (code === "EADDRINUSE") {
    return new Problem("body_invalid", `port ${port} on ${host} is in use; give another with --port`, {
      cause: error,
    })
  }
  if (code === "EACCES" || code === "EADDRNOTAVAIL") {
    return new Problem(
      "body_invalid",
      `port ${port} on ${host} may not be used here; give another with --port or --host`,
      {
        cause: error,
      },
    )
  }
  return error
}

function portOf(server: Server): number {
  const address = server.address()
  if (typeof address !== "object" || address === null) throw new Error("a listening server has an address")
  return address.port
}

async function close(server: Server): Promise<void> {
  server.close()
  server.closeAllConnections()
  await once(server, "close")
}
