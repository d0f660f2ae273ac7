import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const LAUNCHER = fileURLToPath(new URL("../../packages/cli/bin/tabard.js", import.meta.url))

/** How a process ended, and what it said. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** `tabard up` as a process of its own. Disposing of it ends it. */
export interface TabardProcess extends AsyncDisposable {
  readonly child: ChildProcess
  /** The console's address and the one-time link's, once they are printed. */
  started(): Promise<{ readonly console: string; readonly link: string }>
  ended(): Promise<Ended>
  /** What it has said on stdout so far. */
  said(): string
}

/** How a process is started. */
export interface ProcessOptions {
  readonly node?: string
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
}

/** Runs the launcher with these arguments, with a home of its own and no setting of ours but what is given. */
export function startTabard(args: readonly string[], { node, cwd, env }: ProcessOptions): TabardProcess {
  const child = spawn(node ?? process.execPath, [LAUNCHER, ...args], {
    cwd,
    env: { PATH: process.env["PATH"], HOME: cwd, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that nothing of it is left behind whatever becomes of the test.
    detached: true,
  })
  const said = { stdout: "", stderr: "" }
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => (said[name] += text))
  }
  const closed = once(child, "close")
  const ended = async (): Promise<Ended> => {
    await closed
    return { code: child.exitCode, signal: child.signalCode, ...said }
  }
  return {
    child,
    ended,
    said: () => said.stdout,
    started: async () => {
      const printed = new Promise<void>((resolve) => {
        child.stdout.on("data", () => /Data /.test(said.stdout) && resolve())
      })
      await Promise.race([printed, closed])
      const [, address] = /Console\s+(\S+)/.exec(said.stdout) ?? []
      const [, link] = /Sign in once\s+(\S+)/.exec(said.stdout) ?? []
      if (!address || !link) throw new Error(`it did not start: ${said.stdout}${said.stderr}`)
      return { console: address, link }
    },
    async [Symbol.asyncDispose]() {
      killGroup(child)
      await closed
    },
  }
}

/** A directory that goes with its test. */
export async function temporaryDirectory(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "tabard-start-"))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL")
  } catch {
    // All of it has ended.
  }
}
