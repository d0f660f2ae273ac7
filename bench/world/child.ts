import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

/** A process that serves, and what it said when it was ready. */
export interface Child<Ready> extends AsyncDisposable {
  readonly ready: Ready
  readonly pid: number
}

/** Starts a script of this folder in a process of its own, and waits for its first line, which is JSON. */
export async function startChild<Ready>(script: string, args: readonly string[]): Promise<Child<Ready>> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = spawn(process.execPath, [...profiling(), path, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
    // An interrupt from the keyboard is for the parent, which lets go in order.
    detached: true,
  })
  const ready = await firstLine(child)
  if (child.pid === undefined) throw new Error("it was not started")
  return {
    pid: child.pid,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both ends are in this folder
    ready: JSON.parse(ready) as Ready,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, "exit")
      child.stdin?.end()
      await exited
    },
  }
}

/** In a child: says that it is ready, and serves until the parent lets go or dies. */
export async function serveUntilLetGo(ready: object): Promise<void> {
  process.stdout.write(`${JSON.stringify(ready)}\n`)
  process.stdin.resume()
  await once(process.stdin, "end")
}

/** With BENCH_PROFILE=DIR each process writes there where its time went. */
function profiling(): string[] {
  const directory = process.env["BENCH_PROFILE"]
  return directory ? ["--cpu-prof", `--cpu-prof-dir=${directory}`] : []
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("it was started without pipes")
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error("it ended before it was ready")
}
