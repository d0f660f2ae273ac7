import { once } from "node:events"
import { chmod } from "node:fs/promises"
import { createServer } from "node:http"
import { join } from "node:path"
import type { Duplex } from "node:stream"
import { privateDirectory } from "./private-directory.ts"
import { type SigningDoor, signingDoor } from "./signing-door.ts"

/** A socket that one user alone can open, and that is gone when it is disposed of. */
export interface SigningSocket extends AsyncDisposable {
  readonly path: string
  /** Serves a connection that was made another way, e.g. a descriptor that a child inherits. */
  serve(connection: Duplex): void
}

const MAX_CONNECTIONS = 128

/**
 * Opens a unix socket (0600) in a directory of its own (0700), which signs for whoever can open it: this user's processes.
 * Nothing listens on the network.
 */
export async function signingSocket(door: SigningDoor): Promise<SigningSocket> {
  const directory = await privateDirectory()
  const path = join(directory.path, "agent.sock")
  // An inherited descriptor is not opened anew: it is never given up for being idle.
  const server = createServer(
    { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 },
    signingDoor(door),
  )
  server.maxConnections = MAX_CONNECTIONS
  server.listen(path)
  await once(server, "listening")
  await chmod(path, 0o600)
  return {
    path,
    serve: (connection) => void server.emit("connection", connection),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await directory[Symbol.asyncDispose]()
    },
  }
}
