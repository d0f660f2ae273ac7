import { homedir, hostname } from "node:os"
import { type Clock, systemClock } from "@tabard/core"

/** Where a command writes. */
export interface Screen {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

/** What a command runs in. */
export interface Surroundings {
  readonly stdout: Screen
  readonly stderr: Screen
  readonly cwd: string
  readonly home: string
  readonly host: string
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  /** Aborted when the person, or whatever runs the program, wants it to end. */
  readonly signal: AbortSignal
}

/** The machine's own. Disposing of it stops listening for signals. */
export function machineSurroundings(): Disposable & { readonly surroundings: Surroundings } {
  const stop = new AbortController()
  const onSignal = (): void => stop.abort()
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, onSignal)
  return {
    surroundings: {
      stdout: process.stdout,
      stderr: process.stderr,
      cwd: process.cwd(),
      home: homedir(),
      host: hostname(),
      env: process.env,
      clock: systemClock,
      signal: stop.signal,
    },
    [Symbol.dispose]() {
      for (const name of ["SIGINT", "SIGTERM"] as const) process.off(name, onSignal)
    },
  }
}
