import type { ConfigurationOwner, Observation } from "../configurations/observation.ts"
import type { ReadingContext } from "../configurations/read-configuration.ts"
import type { Unreadable } from "../report.ts"
import type { ScanReporter } from "../reporter.ts"
import { runningObservations } from "./running-observations.ts"
import type { ListProcesses, ProcessList } from "./running-process.ts"

/** What the running programs say, and what of them could not be seen. */
export interface RunningSeen {
  readonly observations: readonly Observation[]
  readonly unreadable: readonly Unreadable[]
}

/** Answers what runs of the known clients; `seen` is what their files said, without which a name that others share says nothing. */
export async function seeRunning(
  list: ListProcesses,
  seen: readonly Observation[],
  about: {
    readonly owner: ConfigurationOwner
    readonly context: ReadingContext
    readonly reporter: ScanReporter
  },
  signal: AbortSignal,
): Promise<RunningSeen> {
  const { processes, shortfall } = await listed(list, signal)
  const clients = new Set(seen.map(({ client }) => client.id))
  const observations = runningObservations(processes, about.owner, about.context).filter(
    ({ running, client }) => running === "surely" || clients.has(client.id),
  )
  for (const observation of observations) about.reporter.observed(observation)
  if (shortfall === undefined) return { observations, unreadable: [] }
  const unreadable = { path: "running programs", reason: shortfall }
  about.reporter.unreadable(unreadable.path, unreadable.reason)
  return { observations, unreadable: [unreadable] }
}

/** A system that does not tell what runs is no reason to tell nothing of the files. */
async function listed(list: ListProcesses, signal: AbortSignal): Promise<ProcessList> {
  try {
    return await list(signal)
  } catch {
    signal.throwIfAborted()
    return { processes: [], shortfall: "the system did not tell which programs run" }
  }
}
