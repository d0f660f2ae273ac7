import { spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout as pause } from "node:timers/promises"
import { freePort } from "./free-port.ts"
import { requireTool } from "./outside-tool.ts"

/** A server that others wrote and that speaks S3's protocol, on loopback, with nothing in it. */
export interface S3Server extends AsyncDisposable {
  readonly endpoint: string
  /** What a process needs in its environment to be let in. */
  readonly credentials: Readonly<Record<string, string>>
  makeBucket(name: string): Promise<void>
}

const CREDENTIALS = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" } as const

/** Starts one; a suite that does so is skipped where `lacksTools("moto_server")`. */
export async function startS3Server(): Promise<S3Server> {
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const server = spawn(requireTool("moto_server"), ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
  })
  const ended = once(server, "exit")
  await answers(endpoint, () => server.exitCode === null)
  return {
    endpoint,
    credentials: CREDENTIALS,
    async makeBucket(name) {
      const made = await fetch(`${endpoint}/${name}`, { method: "PUT" })
      if (!made.ok) throw new Error(`the bucket was not made: ${made.status}`)
    },
    async [Symbol.asyncDispose]() {
      server.kill("SIGKILL")
      await ended
    },
  }
}

async function answers(endpoint: string, lives: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_200 && lives(); tries++) {
    if (
      await fetch(endpoint).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
    await pause(100)
  }
  throw new Error("the S3 server did not start")
}
