import { type ChildProcessByStdio, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import type { Readable, Writable } from "node:stream"
import { fileURLToPath } from "node:url"
import type { Organisation } from "@tabard/core"
import type { Attempt } from "../../decisions/attempt.ts"
import type { CallWorld } from "../../decisions/testing/call-world.ts"

/** What a replica in a process of its own is told. */
export interface CallingReplica extends Pick<CallWorld, "caller" | "point" | "server"> {
  readonly url: string
  readonly now: string
  readonly organisation: Organisation
  readonly attempt: Pick<Attempt, "arguments" | "tool">
  readonly calls: number
}

/** A replica that is ready to decide. */
export interface StartedReplica {
  /** Has it decide, and answers a line for each call as it is decided. */
  readonly decide: () => AsyncIterable<string>
  /** Kills it at once, and answers when it is gone. */
  readonly kill: () => Promise<void>
}

const PROGRAM = fileURLToPath(new URL("./calling-replica.fixture.ts", import.meta.url))

/** Starts a replica in a process of its own; it decides nothing before it is told to. */
export async function startReplica(told: CallingReplica): Promise<StartedReplica> {
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(
    process.execPath,
    [PROGRAM, JSON.stringify(told)],
    { stdio: ["pipe", "pipe", "inherit"] },
  )
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const { value: first } = await lines.next()
  if (first !== "ready") throw new Error("the replica did not start")
  return {
    decide() {
      child.stdin.end("go\n")
      return { [Symbol.asyncIterator]: () => lines }
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, "exit")
      child.kill("SIGKILL")
      await gone
    },
  }
}
