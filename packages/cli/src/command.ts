import type { Surroundings } from "./surroundings.ts"

/** What a command runs: what follows its name, and what it runs in; answers the exit code. */
type Run = (args: readonly string[], surroundings: Surroundings) => Promise<number>

/** A command by its name: what it takes and does, in few words. */
export interface Command {
  /** Brings the command in when it is named: a scan does not wait for the server to be loaded. */
  readonly load: () => Promise<Run>
  readonly takes: string
  readonly does: string
}
