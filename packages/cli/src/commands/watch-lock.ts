import { createHash } from "node:crypto"
import { once } from "node:events"
import { mkdir, rm } from "node:fs/promises"
import { connect, createServer, type Server } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Problem } from "@tabard/core"

/** A path longer than this is none for a socket, on every system. */
const LONGEST = 100

/**
 * Holds the watch of this person on this machine: nobody else gets it until it is disposed of or its process has ended,
 * however it ended. What is held is a socket that nobody has to answer, since the system itself gives it up.
 *
 * @throws {Problem} body_invalid, where another watch holds it
 */
export async function holdWatchLock(settings: string): Promise<AsyncDisposable> {
  await mkdir(settings, { recursive: true, mode: 0o700 })
  const path = socketPath(settings)
  const server = (await listening(path)) ?? (await takeOver(path))
  if (!server) {
    throw new Problem(
      "body_invalid",
      "another tabard scan --every runs on this machine; end it first, or leave it to it",
    )
  }
  return {
    async [Symbol.asyncDispose]() {
      server.close()
      await once(server, "close")
    },
  }
}

function socketPath(settings: string): string {
  const name = createHash("sha256").update(settings).digest("hex").slice(0, 24)
  if (process.platform === "win32") return `\\\\.\\pipe\\tabard-watch-${name}`
  const path = join(settings, "watch.sock")
  return path.length <= LONGEST ? path : join(tmpdir(), `tabard-watch-${name}.sock`)
}

/** A file that nobody listens at was left by a process that was killed. */
async function takeOver(path: string): Promise<Server | undefined> {
  if (await isAnswered(path)) return undefined
  await rm(path, { force: true })
  return listening(path)
}

async function listening(path: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy())
  try {
    server.listen(path)
    await once(server, "listening")
    // It holds the name, and must not keep the process.
    server.unref()
    return server
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return undefined
    throw new Problem("body_invalid", `the watch cannot be held at ${path}`, { cause: error })
  }
}

async function isAnswered(path: string): Promise<boolean> {
  const socket = connect(path)
  try {
    await once(socket, "connect")
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
